"""A message arrives: the rules of its mailbox run, forwards leave, refusals go back."""
