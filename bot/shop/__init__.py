"""The shop behind the conversations: its orders, and where their parcels are."""
