"""Messenger as we speak to it: limits, errors, sending rules, the client."""
