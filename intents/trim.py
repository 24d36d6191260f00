"""Give memory that was freed back to the system."""

import ctypes


def trim() -> None:
    """Do so at once, where the C library can: glibc keeps it for later otherwise."""
    found = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if found is not None:
        found(0)
