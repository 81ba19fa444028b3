"""A small Microsoft 365: sign-in (Entra), Graph, and mail that is delivered. For trying and testing."""
