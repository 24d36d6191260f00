"""What may be somebody's login, and what may be their name."""

from bot.web import names

LONGEST = 254


def is_odd(login: str) -> bool:
    """Return whether *login* would not do: use letters without spaces."""
    good = login.strip() and len(login) <= LONGEST and login.isprintable()
    return not good or any(letter.isspace() for letter in login)


def is_nameless(name: str) -> bool:
    """Return whether nothing readable is left of *name*, or too much."""
    return not names.person(name) or len(name) > names.LONGEST
