"""Mail that arrives: parsing, inbox rules, forwards and bounces."""
