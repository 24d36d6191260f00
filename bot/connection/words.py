"""The words of the eight checks: what was found, and the cure, step by step.

For whoever owns the shop: they name where in Facebook's pages to click. Facebook
moves these pages; the names are those of November 2026.
"""

from collections.abc import Mapping

from bot.connection import words_of_rights, words_of_ways
from bot.connection.wording import Words

TITLES: Mapping[str, str] = {
    "app": "The app and its secret",
    "token": "The Page's token",
    "address": "The address of the webhook",
    "signature": "The signature",
    "subscription": "The subscription",
    "profile": "Get Started and the menu",
    "page": "The Page itself",
    "message": "A message",
}
#: What each check asks, for a page on which none has been made yet.
ABOUT: Mapping[str, str] = {
    "app": "Does Facebook accept the app's id and secret together?",
    "token": "Is the token valid, of this Page, and with the permissions it needs?",
    "address": "Does the webhook answer over HTTPS, from here and to Facebook?",
    "signature": "Does what is signed arrive unchanged, and is what is forged refused?",
    "subscription": "Do the Page and the app tell Frontdesk all that it must hear?",
    "profile": "Does the Page show a Get Started button and a menu?",
    "page": "Is the Page published, and may it send messages?",
    "message": "Does a message go out?",
}

FINDINGS: Mapping[str, Words] = {
    "unmade": Words("{about}"),
    "blocked": Words("Not checked, because “{blocker}” comes first."),
    "graph_silent": Words(
        "Facebook can't be reached from this machine ({reason}).",
        (
            "See whether this machine gets to {graph_url}: a firewall or a proxy may "
            "keep it from that.",
            "metastatus.com says whether Facebook itself is down. Check again later.",
        ),
    ),
    "graph_odd": Words(
        "Facebook refused the question and said: {reason}",
        (
            "If it says that there were too many calls, wait ten minutes and check "
            "again.",
            "metastatus.com says whether Facebook itself is down.",
        ),
    ),
    **words_of_rights.FINDINGS,
    **words_of_ways.FINDINGS,
}
