"""What a shop's own system tells of its orders: read, kept, and passed on."""
