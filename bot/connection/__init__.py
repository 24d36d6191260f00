"""Is the Page connected? Eight checks, what each finds, and how to mend it."""
