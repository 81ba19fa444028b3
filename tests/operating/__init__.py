"""The site as a university runs it: the README's own commands, an operator's settings, no DEMO and no SIMULATOR."""
