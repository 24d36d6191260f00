"""The words about what customers notice: each line that is red begins with them."""

from collections.abc import Mapping

from bot.tongue import english

NOBODY = english("Nobody gets an answer now.")
UNHEARD = english("Nobody gets an answer now: what customers write does not arrive.")
ASTRAY = english(
    "Nobody gets an answer from here now: what customers write goes elsewhere."
)
WAITS = english("Nobody gets an answer now: what Frontdesk has to say waits.")
PARTLY = english("Some of what customers do gets no answer now.")
NO_MENU = english("Customers get answers, but find no menu of yours beside the field.")
NOT_YET = english("Customers notice nothing yet.")

EFFECTS: Mapping[str, str] = {
    "graph_silent": NOBODY,
    "graph_odd": english("Perhaps customers notice nothing: Facebook did not say."),
    "app_refused": NOBODY,
    "app_secret_second": NOBODY,
    "token_invalid": WAITS,
    "token_expired": WAITS,
    "token_password": WAITS,
    "token_role": WAITS,
    "token_ending": english(
        "Customers notice nothing yet; from that day on nobody gets an answer."
    ),
    "token_of_person": WAITS,
    "token_other_app": WAITS,
    "token_other_page": WAITS,
    "token_scopes": english("Customers may get no answer now."),
    "address_unset": UNHEARD,
    "address_plain": UNHEARD,
    "address_unknown": UNHEARD,
    "address_untrusted": UNHEARD,
    "address_silent": UNHEARD,
    "address_other": UNHEARD,
    "address_verify_token": ASTRAY,
    "address_unreached": UNHEARD,
    "signature_refused": UNHEARD,
    "signature_unchecked": ASTRAY,
    "signature_elsewhere": ASTRAY,
    "signature_status": UNHEARD,
    "signature_foreign": english(
        "If these are your customers' messages, nobody gets an answer now."
    ),
    "subscription_app_none": UNHEARD,
    "subscription_app_elsewhere": ASTRAY,
    "subscription_app_fields": PARTLY,
    "subscription_page_none": UNHEARD,
    "subscription_page_fields": PARTLY,
    "profile_start": NO_MENU,
    "profile_menu": NO_MENU,
    "profile_other": english(
        "Customers get answers, but some lines of the menu lead nowhere."
    ),
    "page_unpublished": english("Customers can't see the Page or write to it."),
    "page_barred": WAITS,
    "page_stopped": WAITS,
    "page_human_agent": english(
        "Customers get no answer from a person once a day has passed."
    ),
    "message_not_tester": english(
        "Nobody gets an answer now but people with a role in your app."
    ),
    "message_failed": english("Perhaps nobody gets an answer now."),
    "message_refused": NOT_YET,
    "message_unconfirmed": NOT_YET,
    "message_waiting": NOBODY,
}
