"""Whole inquiries, with a goal and facts, as customers make them over webhooks."""
