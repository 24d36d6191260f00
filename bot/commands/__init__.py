"""The commands of `frontdesk`, one module a kind."""
