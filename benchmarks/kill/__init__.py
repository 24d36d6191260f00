"""Kill Frontdesk under load, again and again, and then count."""
