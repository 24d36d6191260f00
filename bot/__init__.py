"""The assistant: joins, remembers, decides, sends and shows."""
