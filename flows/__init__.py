"""What we do about it: scripts for customer goals, run without network or database."""
