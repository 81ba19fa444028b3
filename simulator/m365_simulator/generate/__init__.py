"""A tenant as large as one likes, made from a number: the same number makes the same tenant."""
