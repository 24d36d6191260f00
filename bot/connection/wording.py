"""What the words of the checks are made of, and what several of them say."""

from dataclasses import dataclass

from bot.tongue import english


@dataclass(frozen=True)
class Either:
    """Ways of which the fitting one is taken: no steps one after the other."""

    ways: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """One thing that a check can find, and what to do about it.

    ``[words](#place)`` leads to a place of the page Connect a Page.
    """

    said: str
    cure: tuple[str | Either, ...] = ()

    @property
    def steps(self) -> tuple[str | Either, ...]:
        """Return the cure, which ends with a look whether it helped."""
        if not self.cure or self.cure[-1] in ENDS:
            return self.cure
        return (*self.cure, THEN)


THEN = english("Then check again.")
#: Where a button mends, it checks as well.
BY_HAND = english(
    "The button checks again by itself; if you did it by hand, check again."
)
BY_BUTTON = english("It checks again by itself.")
SOON = english("Check again in a moment.")
APPLIES = english("Do what applies:")
AGAIN = english(
    "Start Frontdesk again (stop it, then start it as before), and check again."
)
ENDS = (AGAIN, SOON, BY_HAND, BY_BUTTON)
DASHBOARD = english("Open developers.facebook.com, My Apps, and choose your app.")
NEW_TOKEN = (
    DASHBOARD,
    english(
        "Go to Messenger, API setup (in newer apps: Use cases, Messenger, Customize, "
        "API setup)."
    ),
    english(
        "Under Generate access tokens, find your Page and press Generate; if it is "
        "not listed, press Add or remove Pages first, and grant everything that is "
        "asked for: pages_messaging and pages_manage_metadata are needed."
    ),
    english("Copy the token into FACEBOOK_PAGE_ACCESS_TOKEN in your .env file."),
    AGAIN,
)
SECRET = (
    DASHBOARD,
    english(
        "Go to App settings, Basic. Compare the App ID at the top with "
        "FACEBOOK_APP_ID in your .env file, which says {app_id}."
    ),
    english("Press Show beside App secret and copy it into FACEBOOK_APP_SECRET."),
    AGAIN,
)
#: The last check looks back: nothing but a message makes it green.
STAYS_RED = english(
    "This stays red until a message goes out: send [the test message](#test)."
)
