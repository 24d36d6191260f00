"""Make something live: at once, or when its check has ended and its page is closed."""
