"""The mark by which we know our own messages again when Messenger echoes them."""


def written(outgoing_id: int, attempt: int) -> str:
    """Return the metadata of one attempt; other apps on the Page see it too."""
    return f"v1:{outgoing_id}:{attempt}"


def read(metadata: str | None) -> int | None:
    """Return the id of the outgoing message that *metadata* names, if it is ours."""
    match (metadata or "").split(":"):
        case ["v1", number, attempt] if number.isdecimal() and attempt.isdecimal():
            return int(number) if len(number) < 19 else None
    return None
