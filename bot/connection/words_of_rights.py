"""The words about who we are to Facebook: app, token, subscription, Page."""

from collections.abc import Mapping

from bot.connection.wording import (
    AGAIN,
    BY_HAND,
    DASHBOARD,
    NEW_TOKEN,
    SECRET,
    Either,
    Words,
)
from bot.tongue import english

FINDINGS: Mapping[str, Words] = {
    # The app and its secret
    "app_ok": Words(
        english(
            "The app {name} accepts its id and secret. Whether it is Live, Facebook "
            "does not tell: that is not known before the first message to somebody "
            "who has no role in the app."
        )
    ),
    "app_refused": Words(
        english("Facebook does not accept this app id together with this app secret."),
        SECRET,
    ),
    "app_secret_second": Words(
        english(
            "The first secret in FACEBOOK_APP_SECRET is refused; the one at place "
            "{place} is right."
        ),
        (
            english(
                "Put the right one first in FACEBOOK_APP_SECRET in your .env file, "
                "and take the old one out when a day has passed."
            ),
            AGAIN,
        ),
    ),
    # The Page's token
    "token_ok": Words(
        english("The token is valid, belongs to this Page, and does not end by itself.")
    ),
    "token_ok_until": Words(
        english("The token is valid, belongs to this Page, and is good until {day}.")
    ),
    "token_invalid": Words(
        english("Facebook does not accept the token any more."), NEW_TOKEN
    ),
    "token_expired": Words(english("The token's time is over."), NEW_TOKEN),
    "token_password": Words(
        english(
            "The token ended because the person who made it changed their Facebook "
            "password."
        ),
        NEW_TOKEN,
    ),
    "token_role": Words(
        english(
            "The token ended because the person who made it has no role on the "
            "Page any more."
        ),
        (
            english(
                "Let somebody with full control of the Page do the following, or "
                "give that person their role back (on the Page: Settings, Page "
                "access)."
            ),
            *NEW_TOKEN,
        ),
    ),
    "token_ending": Words(english("The token ends on {day}."), NEW_TOKEN),
    "token_of_person": Words(
        english("The token is not a Page's but a person's."), NEW_TOKEN
    ),
    "token_other_app": Words(
        english("The token was made by another app than FACEBOOK_APP_ID {app_id}."),
        (
            english(
                "Either set FACEBOOK_APP_ID and FACEBOOK_APP_SECRET to those of "
                "the app that made it, or make a token with the app {app_id}:"
            ),
            *NEW_TOKEN,
        ),
    ),
    "token_other_page": Words(
        english("The token belongs to the Page {found}, not to {page_id}."),
        (
            english(
                "If {found} is the right Page, set FACEBOOK_PAGE_ID to it in .env."
            ),
            english("If not, make a token for the right one:"),
            *NEW_TOKEN,
        ),
    ),
    "token_scopes": Words(
        english(
            "The token lacks {missing}. It needs both pages_messaging and "
            "pages_manage_metadata."
        ),
        (
            *NEW_TOKEN[:2],
            english(
                "Press Generate beside your Page again, choose Edit settings, and "
                "leave every switch on."
            ),
            *NEW_TOKEN[3:],
        ),
    ),
    # The subscription
    "subscription_ok": Words(english("All {count} kinds of events come to Frontdesk.")),
    "subscription_app_none": Words(
        english("The app has no webhook yet."),
        (
            english(
                "Press “Subscribe”. By hand: Go to Messenger, API setup, Configure "
                "webhooks."
            ),
            english(
                "As callback URL enter {url}, as verify token the one in "
                "FRONTDESK_HOME/secrets.json (or FACEBOOK_VERIFY_TOKEN), and press "
                "Verify "
                "and save."
            ),
            BY_HAND,
        ),
    ),
    "subscription_app_elsewhere": Words(
        english("The app's events go to {found}, not to {url}."),
        (
            Either(
                (
                    english(
                        "If nothing of yours works at {found} any more, press “Bring "
                        "them here”."
                    ),
                    english(
                        "If something does, it would hear nothing from then on: make "
                        "an app of its own for Frontdesk instead, at "
                        "developers.facebook.com, My Apps, Create app."
                    ),
                )
            ),
            BY_HAND,
        ),
    ),
    "subscription_app_fields": Words(
        english("The app is not told of: {missing}."),
        (
            english(
                "Press “Subscribe”. By hand: Go to Messenger, API setup, Configure "
                "webhooks."
            ),
            english("Press Manage and subscribe to the fields named above."),
            BY_HAND,
        ),
    ),
    "subscription_page_none": Words(
        english(
            "The Page does not tell the app anything: it is not subscribed. "
            "Facebook takes a subscription away when a webhook fails for an hour."
        ),
        (
            english(
                "Press “Subscribe”. By hand: go to Messenger, API setup, Generate "
                "access tokens, and press Add subscriptions beside your Page."
            ),
            BY_HAND,
        ),
    ),
    "subscription_page_fields": Words(
        english("The Page does not tell the app of: {missing}."),
        (
            english(
                "Press “Subscribe”. By hand: go to Messenger, API setup, Generate "
                "access tokens, press Edit beside your Page's subscriptions, and "
                "tick them."
            ),
            BY_HAND,
        ),
    ),
    # The Page itself
    "page_ok": Words(
        english(
            "{name} is published. Whether Facebook lets it send, only a message that "
            "goes out shows."
        )
    ),
    "page_unpublished": Words(
        english("{name} is not published."),
        (
            english("Open the Page on facebook.com as yourself, and switch into it."),
            english(
                "Go to Settings and privacy, Settings, Privacy, Page and tagging "
                "(or New Pages: Page visibility), and turn “Page visibility” on."
            ),
        ),
    ),
    "page_barred": Words(
        english("Facebook bars the Page from sending."),
        (
            english(
                "On facebook.com open the Page, then Professional dashboard, Page "
                "status (or business.facebook.com, Business support home): it says "
                "which rule was broken, and for how long."
            ),
            english(
                "Ask for a review there if that is a mistake. What Frontdesk has "
                "to send waits until then."
            ),
        ),
    ),
    "page_stopped": Words(
        english(
            "Frontdesk has stopped sending, because Facebook refused what it sent."
        ),
        (
            english(
                "When the cause is gone, what waits goes out by itself within minutes."
            ),
            english("A new token ends it at once:"),
            *NEW_TOKEN,
        ),
    ),
    "page_human_agent": Words(
        english(
            "FRONTDESK_HUMAN_AGENT is on, but the app was not granted the Human Agent "
            "feature."
        ),
        (
            DASHBOARD,
            english(
                "Go to App Review, Permissions and features, and request Human Agent."
            ),
            english(
                "Until it is granted, set FRONTDESK_HUMAN_AGENT=no in your .env file: "
                "people can then answer for 24 hours after a customer's message."
            ),
            AGAIN,
        ),
    ),
}
