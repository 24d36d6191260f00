"""Conversation scripts: what a customer says, and what the assistant must do then."""
