"""The demo: its sample shop, its past, and the moment that a visitor plays."""
