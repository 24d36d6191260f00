"""The words about the way back: the menu, a message."""

from collections.abc import Mapping

from bot.connection.wording import BY_BUTTON, DASHBOARD, SOON, STAYS_RED, Either, Words
from bot.tongue import english

FINDINGS: Mapping[str, Words] = {
    # Get Started and the menu
    "profile_ok": Words(english("Get Started and the menu are as they should be.")),
    "profile_start": Words(
        english("The Page has no Get Started button that Frontdesk understands."),
        (english("Press “Set up the menu”."), BY_BUTTON),
    ),
    "profile_menu": Words(
        english("The Page shows no menu beside the message field."),
        (english("Press “Set up the menu”."), BY_BUTTON),
    ),
    "profile_other": Words(
        english("The Page's menu has lines that Frontdesk does not know: {titles}."),
        (
            english(
                "Press “Set up the menu” to put Frontdesk's own in its place; "
                "data/messenger/profile.yml in FRONTDESK_HOME says what is in it."
            ),
            english("Another app may have set it: see that only one does."),
            BY_BUTTON,
        ),
    ),
    # A message
    "message_ok": Words(
        english(
            "The last message went out {when}. Whether one goes out now, "
            "[the test message](#test) shows."
        )
    ),
    "message_none": Words(
        english("Nothing has been sent yet."),
        (
            english(
                "Write to your Page from Messenger: m.me/{page_id}. While your app "
                "is in development mode, do that as somebody with a role in it."
            ),
            english(
                "Send yourself [the test message](#test); in a shell `frontdesk "
                "connect --test-to` and the number of the conversation do it."
            ),
        ),
    ),
    "message_not_tester": Words(
        english(
            "Facebook refused the last message: the app is in development mode, "
            "and the customer has no role in it."
        ),
        (
            DASHBOARD,
            Either(
                (
                    english(
                        "To try it out: go to App roles, Roles, and add the person as "
                        "a tester; they accept under facebook.com/settings, Business "
                        "integrations, or at developers.facebook.com/requests."
                    ),
                    english(
                        "To serve everybody: switch the app to Live at the top of the "
                        "dashboard. For a Page of your own no review is needed."
                    ),
                )
            ),
            STAYS_RED,
            english(
                "If answers were refused meanwhile, [“Send again”](#again) at the top "
                "lets them out, while the customer's 24 hours last."
            ),
        ),
    ),
    "message_failed": Words(
        english("Facebook refused the last message."),
        (
            STAYS_RED,
            english(
                "If it is refused again, the number at the beginning of what Facebook "
                "said tells its support what it was."
            ),
        ),
    ),
    "message_refused": Words(
        english("The test message may not go out: {reason}."),
        (
            english(
                "Let the person write to the Page first: for a day from then on it may "
                "go out."
            ),
            STAYS_RED,
        ),
    ),
    "message_unconfirmed": Words(
        english(
            "Facebook may have taken the test message: it said neither yes nor no."
        ),
        (english("Look whether it is there in Messenger."), STAYS_RED),
    ),
    "message_waiting": Words(
        english("The test message has not gone out for {minutes} minutes."),
        (
            english(
                "Nobody sends: see that Frontdesk runs (`frontdesk run`, or a "
                "`frontdesk worker` where there are several processes), and look "
                "into its log."
            ),
        ),
    ),
    "message_under_way": Words(
        english("The test message is on its way."),
        (SOON,),
    ),
}
