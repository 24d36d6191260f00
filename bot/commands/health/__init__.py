"""What an installation shows of its own soundness, and the cure of what is not well."""
