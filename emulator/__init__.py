"""Plays Messenger: the Graph API, a phone in the browser, signed webhooks."""
