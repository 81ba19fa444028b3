"""What Entra keeps of the tenant: people, the application, what was granted, keys, and who may not come in."""
