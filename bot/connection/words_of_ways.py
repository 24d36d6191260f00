"""The words about the ways there and back: address, signature, menu, message."""

from collections.abc import Mapping

from bot.connection.wording import AGAIN, DASHBOARD, PROXY, Words

FINDINGS: Mapping[str, Words] = {
    # The address of the webhook
    "address_ok": Words("{url} answers."),
    "address_reached": Words("{url} answers, and Facebook has reached it just now."),
    "address_unset": Words(
        "Frontdesk does not know under which address Facebook reaches it.",
        (
            "Set FRONTDESK_URL in your .env file, such as https://desk.example.com; "
            "docs/connect.md says how to get one, by Caddy or by a tunnel.",
            AGAIN,
        ),
    ),
    "address_plain": Words(
        "{url} is not https://, and Facebook calls nothing else.",
        (
            "Put a web server with a certificate before Frontdesk; Caddy gets one by "
            "itself (docs/connect.md).",
            "Write FRONTDESK_URL with https:// in your .env file.",
            AGAIN,
        ),
    ),
    "address_unknown": Words(
        "The name {host} leads nowhere.",
        (
            "See whether FRONTDESK_URL is spelt rightly.",
            "Where you manage your domain, let {host} point to this machine (an A "
            "record); it can take an hour until that is known everywhere.",
        ),
    ),
    "address_untrusted": Words(
        "The certificate of {host} is not one that Facebook trusts ({reason}).",
        (
            "Get one from a public authority: Caddy does by itself. Facebook takes no "
            "certificate that somebody signed for themselves.",
            "If you have one: see that it is for {host}, has not run out, and that the "
            "web server sends the whole chain.",
        ),
    ),
    "address_silent": Words(
        "Nobody answers at {url} ({reason}).",
        (
            "See whether the web server before Frontdesk, or the tunnel, runs.",
            "See whether the firewall lets port 443 in.",
        ),
    ),
    "address_other": Words(
        "At {url} something answers that is not Frontdesk (HTTP {status}).",
        (
            "Let the web server hand /webhook to Frontdesk, which listens on "
            "{listens}.",
            "If it redirects, as from one name to another, set FRONTDESK_URL to where "
            "it leads.",
        ),
    ),
    "address_verify_token": Words(
        "At {url} a Frontdesk answers that has another verify token.",
        (
            "Either it was started before FACEBOOK_VERIFY_TOKEN was changed: start it "
            "again.",
            "Or it is another one, with another FRONTDESK_HOME: stop it, or set "
            "FRONTDESK_URL to the address of this one.",
        ),
    ),
    "address_unreached": Words(
        "From here {url} answers, but Facebook could not get to it: {reason}",
        (
            "See whether the firewall lets port 443 in from everywhere: Facebook's "
            "addresses change, so none can be listed.",
            "Open {url} on a phone without Wi-Fi. If nothing comes, the address works "
            "only inside your network.",
            "If you use a tunnel, see whether it still runs under the same name.",
        ),
    ),
    # The signature
    "signature_ok": Words(
        "A signed message came through unchanged, and a forged one was turned away."
    ),
    "signature_refused": Words(
        "A message with the right signature was turned away at {url}.",
        (
            "If FACEBOOK_APP_SECRET was changed while Frontdesk ran: start it again.",
            "Otherwise something on the way changes what it carries. " + PROXY[0],
        ),
    ),
    "signature_unchecked": Words(
        "A forged message was taken at {url}: that is not Frontdesk.",
        ("Let the web server hand /webhook to Frontdesk, which listens on {listens}.",),
    ),
    "signature_elsewhere": Words(
        "A signed message was taken at {url}, but it did not arrive in this database.",
        (
            "Another Frontdesk answers there, with another DATABASE_URL or "
            "FRONTDESK_HOME: stop it, or set FRONTDESK_URL to the address of this one.",
        ),
    ),
    "signature_status": Words(
        "A signed message was answered with HTTP {status} at {url}.",
        (
            "503: Frontdesk can't write to its database; its log says why.",
            "Anything else comes from the web server before it. " + PROXY[0],
        ),
    ),
    "signature_foreign": Words(
        "Messages about your Page arrive, but with the signature of another app; the "
        "last one {when}. None of them is taken.",
        (
            "The webhook of another app points to {url}. Open each of your apps at "
            "developers.facebook.com, Messenger, API setup, Configure webhooks.",
            "This address belongs in the app {app_id}; in every other one remove it, "
            "or copy that app's id, secret and token into your .env file.",
            "If no other app of yours has it, a stranger is trying something: it was "
            "turned away, and this line goes away with the next genuine message.",
        ),
    ),
    # Get Started and the menu
    "profile_ok": Words("Get Started and the menu are as they should be."),
    "profile_start": Words(
        "The Page has no Get Started button that Frontdesk understands.",
        ("Press “Set up the menu”.",),
    ),
    "profile_menu": Words(
        "The Page shows no menu beside the message field.",
        ("Press “Set up the menu”.",),
    ),
    "profile_other": Words(
        "The Page's menu has lines that Frontdesk does not know: {titles}.",
        (
            "Press “Set up the menu” to put Frontdesk's own in its place; "
            "data/messenger/profile.yml in FRONTDESK_HOME says what is in it.",
            "Another app may have set it: see that only one does.",
        ),
    ),
    # A message
    "message_ok": Words("The last message went out {when}."),
    "message_none": Words(
        "Nothing has been sent yet.",
        (
            "Write to your Page from Messenger: m.me/{page_id}. While your app is in "
            "development mode, do that as somebody with a role in it.",
            "Send the test message to yourself: on the page Connect a Page, or by "
            "`frontdesk connect --test-to` and the number of the conversation.",
        ),
    ),
    "message_not_tester": Words(
        "Facebook refused the last message: the app is in development mode, and the "
        "customer has no role in it.",
        (
            DASHBOARD,
            "To try it out: go to App roles, Roles, and add the person as a tester; "
            "they accept under facebook.com/settings, Business integrations, or at "
            "developers.facebook.com/requests.",
            "To serve everybody: switch the app to Live at the top of the dashboard. "
            "For a Page of your own no review is needed (docs/connect.md).",
            "Then send the test message (Connect a Page).",
        ),
    ),
    "message_failed": Words(
        "Facebook refused the last message: {reason}",
        (
            "Send the test message to somebody who has written to the Page today.",
            "If it is refused again, the number at the beginning tells Facebook's "
            "support what it was.",
        ),
    ),
    "message_refused": Words(
        "The test message may not go out: {reason}.",
        (
            "Let the person write to the Page first, and send the test message within "
            "a day.",
        ),
    ),
    "message_unconfirmed": Words(
        "Facebook may have taken the test message: it said neither yes nor no.",
        ("Look whether it is there in Messenger, and send another one.",),
    ),
    "message_waiting": Words(
        "The test message has not gone out for {minutes} minutes.",
        (
            "Nobody sends: see that Frontdesk runs (`frontdesk run`, or a `frontdesk "
            "worker` where there are several processes), and look into its log.",
        ),
    ),
    "message_under_way": Words(
        "The test message is on its way.", ("Check again in a moment.",)
    ),
}
