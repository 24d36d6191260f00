"""Who are you? Signing in and out, passwords, links, and the demo's start page."""
