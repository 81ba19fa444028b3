"""The paths that steer the simulator: what only a test or a demo can do."""
