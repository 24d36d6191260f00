"""The words about the way there: the address, the signature."""

from collections.abc import Mapping

from bot.connection.wording import AGAIN, Either, Words
from bot.tongue import english

FINDINGS: Mapping[str, Words] = {
    # The address of the webhook
    "address_ok": Words(english("{url} answers.")),
    "address_reached": Words(
        english("{url} answers, and Facebook reached it as well.")
    ),
    "address_unset": Words(
        english("Frontdesk does not know under which address Facebook reaches it."),
        (
            english(
                "Set FRONTDESK_URL in your .env file, such as "
                "https://desk.example.com. Caddy gets you one where you have a "
                "domain; a tunnel, as of cloudflared, does to try it out."
            ),
            AGAIN,
        ),
    ),
    "address_plain": Words(
        english("{url} is not https://, and Facebook calls nothing else."),
        (
            english(
                "Put a web server with a certificate before Frontdesk; Caddy gets "
                "one by itself."
            ),
            english("Write FRONTDESK_URL with https:// in your .env file."),
            AGAIN,
        ),
    ),
    "address_unknown": Words(
        english("The name {host} leads nowhere."),
        (
            english("See whether FRONTDESK_URL is spelt rightly."),
            english(
                "Where you manage your domain, let {host} point to this machine (an A "
                "record); it can take an hour until that is known everywhere."
            ),
        ),
    ),
    "address_untrusted": Words(
        english(
            "The certificate of {host} is not one that Facebook trusts ({reason})."
        ),
        (
            english(
                "Get one from a public authority: Caddy does by itself. Facebook "
                "takes no certificate that somebody signed for themselves."
            ),
            english(
                "If you have one: see that it is for {host}, has not run out, and "
                "that the web server sends the whole chain."
            ),
        ),
    ),
    "address_silent": Words(
        english("Nobody answers at {url} ({reason})."),
        (
            english(
                "See whether the web server before Frontdesk, or the tunnel, runs."
            ),
            english("See whether the firewall lets port 443 in."),
        ),
    ),
    "address_other": Words(
        english("At {url} something answers that is not Frontdesk (HTTP {status})."),
        (
            english(
                "Let the web server hand /webhook to Frontdesk, which listens on "
                "{listens}."
            ),
            english(
                "If it redirects, as from one name to another, set FRONTDESK_URL "
                "to where it leads."
            ),
        ),
    ),
    "address_verify_token": Words(
        english("At {url} a Frontdesk answers that has another verify token."),
        (
            Either(
                (
                    english(
                        "Either it was started before FACEBOOK_VERIFY_TOKEN was "
                        "changed: start it again."
                    ),
                    english(
                        "Or it is another one, with another FRONTDESK_HOME: stop it, "
                        "or set FRONTDESK_URL to the address of this one."
                    ),
                )
            ),
        ),
    ),
    "address_unreached": Words(
        english("From here {url} answers, but Facebook could not get to it."),
        (
            english(
                "See whether the firewall lets port 443 in from everywhere: "
                "Facebook's addresses change, so none can be listed."
            ),
            english(
                "On a phone without Wi-Fi open {sign_in} . If our sign-in page does "
                "not come, the address works only inside your network."
            ),
            english(
                "If you use a tunnel, see whether it still runs under the same name."
            ),
        ),
    ),
    # The signature
    "signature_ok": Words(
        english(
            "A signed message came through unchanged, and a forged one was turned away."
        )
    ),
    "signature_refused": Words(
        english("A message with the right signature was turned away at {url}."),
        (
            english(
                "If FACEBOOK_APP_SECRET was changed while Frontdesk ran: start it "
                "again."
            ),
            english(
                "Otherwise something on the way changes what it carries. Let the web "
                "server before Frontdesk hand every request to it as it came; in "
                "Caddy the line reverse_proxy {listens} does."
            ),
        ),
    ),
    "signature_unchecked": Words(
        english("A forged message was taken at {url}: that is not Frontdesk."),
        (
            english(
                "Let the web server hand /webhook to Frontdesk, which listens on "
                "{listens}."
            ),
        ),
    ),
    "signature_elsewhere": Words(
        english(
            "A signed message was taken at {url}, but it did not arrive in this "
            "database."
        ),
        (
            english(
                "Another Frontdesk answers there, with another DATABASE_URL or "
                "FRONTDESK_HOME: stop it, or set FRONTDESK_URL to the address of "
                "this one."
            ),
        ),
    ),
    "signature_status": Words(
        english("A signed message was answered with HTTP {status} at {url}."),
        (
            english("503: Frontdesk can't write to its database; its log says why."),
            english(
                "Anything else comes from the web server before it. Let the web server "
                "before Frontdesk hand every request to it as it came; in Caddy the "
                "line reverse_proxy {listens} does."
            ),
        ),
    ),
    "signature_foreign": Words(
        english(
            "Messages about your Page arrive, but with the signature of another "
            "app; the last one {when}. None of them is taken."
        ),
        (
            english(
                "Open each of your apps at developers.facebook.com, Messenger, API "
                "setup, Configure webhooks. Does one besides {app_id} have {url}?"
            ),
            Either(
                (
                    english(
                        "If yes: remove it there. If that is the app you mean to use, "
                        "put its id, secret and token into your .env file instead, "
                        "and start Frontdesk again."
                    ),
                    english(
                        "If no: there is nothing to do. A stranger is trying "
                        "something and was turned away; this line goes away with the "
                        "next genuine message."
                    ),
                )
            ),
        ),
    ),
}
