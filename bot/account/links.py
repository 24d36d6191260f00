"""Sign-in links, for those who have no password or forgot it."""

from bot.settings import Settings

ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound


def base(settings: Settings) -> str:
    """Return the URL under which people reach us."""
    if settings.public_url:
        return settings.public_url
    host = "127.0.0.1" if settings.host in ANYWHERE else settings.host
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.port}"


def url(settings: Settings, token: str, then: str | None = None) -> str:
    """Return the link that holds *token* and leads to the page *then*."""
    return f"{base(settings)}/sign-in/{token}" + (f"?next={then}" if then else "")
