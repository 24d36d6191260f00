"""The demo's past: a month of conversations, written down as if they had happened."""
