"""People against the assistant, and against each other, at the worst of moments."""
