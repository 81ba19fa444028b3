"""`make bench`: how fast, how large and how steady the site is, in one run on this machine, against its budgets."""
