"""The admins' editor: the FAQ, and how the assistant words what it says."""
