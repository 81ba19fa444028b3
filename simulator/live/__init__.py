"""The same calls to a real tenant and to the simulator, and what is different: `python -m live`."""
