"""A message by itself: read from its bytes, marked, and written anew as a forward or a report."""
