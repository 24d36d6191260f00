"""What takes place: calendar events, the tickets to them, their CSV file."""
