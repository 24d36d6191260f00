"""The agents' inbox: who waits, what was said, and a person's answer."""
