"""Sign-in links, for those who have no password or forgot it."""

from bot.settings import Settings


def url(settings: Settings, token: str, then: str | None = None) -> str:
    """Return the link that holds *token* and leads to the page *then*."""
    return f"{settings.base_url}/sign-in/{token}" + (f"?next={then}" if then else "")
