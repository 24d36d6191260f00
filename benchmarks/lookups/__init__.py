"""Owners, and everybody else, ask for orders: who sees what, and how fast."""
