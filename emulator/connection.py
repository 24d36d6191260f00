"""How the connection between a Page and its app is broken on purpose.

What somebody can mend by a call of Graph (the subscription, the profile) is broken
once, when the faults are set; the rest stays broken until the faults are cleared.
"""

import secrets

from emulator.faults import ConnectionFaults, TokenState
from emulator.postman import Postman
from emulator.refusals import (
    BAD_TOKEN,
    NOT_A_TESTER,
    PAGE_RESTRICTED,
    PASSWORD_CHANGED,
    ROLE_LOST,
    TOKEN_EXPIRED,
    Code,
    GraphError,
)
from emulator.world import Page, World

TOKEN_REFUSALS: dict[TokenState, Code | None] = {
    "valid": None,
    "invalid": BAD_TOKEN,
    "expired": TOKEN_EXPIRED,
    "password_changed": PASSWORD_CHANGED,
    "role_lost": ROLE_LOST,
}
ELSEWHERE = "https://old.example/webhook"


def apply(world: World, postman: Postman, faults: ConnectionFaults) -> None:
    """Let the connection be broken so, and in no other way."""
    world.app.secret = _secret(world, faults)
    another = secrets.token_hex(16)
    postman.signs_with(another if faults.signature else world.app.secret)
    postman.reach(unreachable=faults.webhook is not None)
    if faults.subscription == "elsewhere":
        world.app.callback_url = ELSEWHERE
    elif world.app.callback_url == ELSEWHERE:
        world.app.callback_url = None
    for page in world.pages.values():
        _break(page, faults)
    world.changed()


def check_send(page: Page, psid: str) -> None:
    """Raise GraphError if the Page may send nothing, or nothing to this person."""
    if page.restricted:
        raise GraphError(PAGE_RESTRICTED)
    if page.testers is not None and psid not in page.testers:
        raise GraphError(NOT_A_TESTER)


def _secret(world: World, faults: ConnectionFaults) -> str:
    if faults.app_secret is None:
        return world.options.app_secret
    was_reset = world.app.secret != world.options.app_secret
    return world.app.secret if was_reset else secrets.token_hex(16)


def _break(page: Page, faults: ConnectionFaults) -> None:
    if faults.token is not None or page.token_broken:
        page.token_refusal = TOKEN_REFUSALS[faults.token or "valid"]
    page.token_broken = faults.token is not None
    page.without_scopes = frozenset(faults.without_scopes)
    page.published = faults.page != "unpublished"
    page.restricted = faults.page == "restricted"
    page.testers = frozenset(faults.testers) if faults.mode else None
    if faults.subscription == "removed":
        page.subscribed.clear()
    if faults.profile is not None:
        page.profile = {}
