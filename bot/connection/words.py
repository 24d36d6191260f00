"""The words of the eight checks: what was found, and the cure, step by step.

For whoever owns the shop: they name where in Facebook's pages to click. Facebook
moves these pages; the names are those of November 2026.
"""

from collections.abc import Mapping

from bot.connection import words_of_messages, words_of_rights, words_of_ways
from bot.connection.wording import Words
from bot.tongue import english

TITLES: Mapping[str, str] = {
    "app": english("The app and its secret"),
    "token": english("The Page's token"),
    "address": english("The address of the webhook"),
    "signature": english("The signature"),
    "subscription": english("The subscription"),
    "profile": english("Get Started and the menu"),
    "page": english("The Page itself"),
    "message": english("A message"),
}
#: What each check asks, for a page on which none has been made yet.
ABOUT: Mapping[str, str] = {
    "app": english("Does Facebook accept the app's id and secret together?"),
    "token": english(
        "Is the token valid, of this Page, and with the permissions it needs?"
    ),
    "address": english(
        "Does the webhook answer over HTTPS, from here and to Facebook?"
    ),
    "signature": english(
        "Does what is signed arrive unchanged, and is what is forged refused?"
    ),
    "subscription": english(
        "Do the Page and the app tell Frontdesk all that it must hear?"
    ),
    "profile": english("Does the Page show a Get Started button and a menu?"),
    "page": english(
        "Is the Page published, and did Facebook bar it when it last sent?"
    ),
    "message": english("Does a message go out?"),
}

#: Whose reason is in Facebook's words, for its support rather than for the shop.
RAW = (
    "graph_odd",
    "address_unreached",
    "page_barred",
    "page_stopped",
    "message_failed",
)

FINDINGS: Mapping[str, Words] = {
    "unmade": Words(english("{about}")),
    "blocked": Words(english("Not checked, because “{blocker}” comes first.")),
    "graph_silent": Words(
        english("Facebook can't be reached from this machine ({reason})."),
        (
            english(
                "See whether this machine gets to {graph_url}: a firewall or a "
                "proxy may keep it from that."
            ),
            english("metastatus.com says whether Facebook itself is down."),
        ),
    ),
    "graph_odd": Words(
        english("Facebook refused the question."),
        (
            english(
                "If it says that there were too many calls, wait ten minutes and "
                "check again."
            ),
            english("metastatus.com says whether Facebook itself is down."),
        ),
    ),
    **words_of_rights.FINDINGS,
    **words_of_ways.FINDINGS,
    **words_of_messages.FINDINGS,
}
