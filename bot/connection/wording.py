"""What the words of the checks are made of, and what several of them say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One thing that a check can find, and what to do about it."""

    said: str
    cure: tuple[str, ...] = ()


AGAIN = "Start Frontdesk again, and check again."
DASHBOARD = "Open developers.facebook.com, My Apps, and choose your app."
NEW_TOKEN = (
    DASHBOARD,
    "Go to Messenger, API setup (in newer apps: Use cases, Messenger, Customize, "
    "API setup).",
    "Under Generate access tokens, find your Page and press Generate; if it is not "
    "listed, press Add or remove Pages first, and grant everything that is asked for.",
    "Copy the token into FACEBOOK_PAGE_ACCESS_TOKEN in your .env file.",
    AGAIN,
)
SECRET = (
    DASHBOARD,
    "Go to App settings, Basic. Compare the App ID at the top with FACEBOOK_APP_ID in "
    "your .env file, which says {app_id}.",
    "Press Show beside App secret and copy it into FACEBOOK_APP_SECRET.",
    AGAIN,
)
WEBHOOKS = "Go to Messenger, API setup, Configure webhooks."
PROXY = (
    "Let the web server before Frontdesk hand every request to it as it came; "
    "docs/connect.md has the few lines for Caddy.",
)
