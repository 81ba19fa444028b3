"""The site as a university runs it: docs/installing.md's own commands and settings, no DEMO and no SIMULATOR."""
