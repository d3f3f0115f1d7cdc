"""What may be done to memberships, agreements, handlers and their certificates."""
