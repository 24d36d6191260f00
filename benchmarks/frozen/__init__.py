"""Conversation scripts by people who had read neither flows nor phrasings."""
