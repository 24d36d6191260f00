"""What customers send beside text: fetched once, looked at, and kept by us."""
