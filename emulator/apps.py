"""What belongs to the app itself: its name, its webhook, what it learns of a token.

Called with the app's own token, `<app id>|<app secret>`.
https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
"""

import secrets

from emulator.calls import Answer, Call, check_proof
from emulator.payload import Payload
from emulator.postman import Postman
from emulator.refusals import (
    BAD_TOKEN,
    CHALLENGE_UNMET,
    WEBHOOK_REFUSED,
    GraphError,
    bad_parameter,
    text,
    unsupported,
)
from emulator.shapes import needed, one_of
from emulator.world import FIELDS, Page, World

NAME = "Frontdesk"
SCOPES = (
    "pages_show_list",
    "business_management",
    "pages_messaging",
    "pages_manage_metadata",
    "pages_read_engagement",
    "pages_utility_messaging",
    "public_profile",
)
FOR_APPS_ONLY = (
    "You must provide an app access token, or a user access token that is an owner or "
    "developer of the app"
)
BAD_SIGNATURE = "Invalid OAuth access token signature."
ANOTHER_APPS = "The App_id in the input_token did not match the Viewing App"
TIMED_OUT = "curl_errno = 28; curl_error = Operation timed out; HTTP Status Code = 0"
VERSION = "v26.0"


def is_apps(world: World, call: Call) -> bool:
    """Say whether *call* is about the app, and not about a Page."""
    return call.path[:1] in (("debug_token",), ("app",), (world.options.app_id,))


async def answer(world: World, postman: Postman, call: Call) -> Answer:
    """Do what *call* wants of the app, or raise GraphError."""
    _check_token(world, call)
    check_proof(call, world)
    match call.method, call.path:
        case "GET", ("debug_token",):
            return Answer(token_node(world, call.parameters))
        case "GET", (_,):
            return Answer({"id": world.options.app_id, "name": NAME})
        case "GET", (_, "subscriptions"):
            return Answer({"data": _subscriptions(world, postman)})
        case "POST", (_, "subscriptions"):
            return await _subscribe(world, postman, call.parameters)
    raise unsupported(call.method, "/".join(call.path))


def token_node(world: World, asked: Payload) -> Payload:
    """Return what debug_token tells of a token."""
    tokens = {page.token: page for page in world.pages.values()}
    owner = tokens.get(asked.get("input_token", ""))
    if owner is None:
        return _told_invalid(GraphError(BAD_TOKEN))
    known: Payload = {"app_id": world.options.app_id, "type": "PAGE"}
    known |= {"application": NAME, "profile_id": owner.page_id, "expires_at": 0}
    if owner.token_refusal is not None:
        refused = _told_invalid(GraphError(owner.token_refusal))
        return {"data": known | refused["data"]}
    scopes = [name for name in SCOPES if name not in owner.without_scopes]
    told = {"data_access_expires_at": 0, "is_valid": True, "scopes": scopes}
    return {"data": known | told}


def check_scope(page: Page, scope: str) -> None:
    """Raise GraphError unless the token of *page* was granted *scope*."""
    if scope in page.without_scopes:
        words = f"(#200) Requires {scope} permission to manage the object"
        raise GraphError((200, None), words)


def _told_invalid(why: GraphError) -> Payload:
    code, subcode = why.code
    error: Payload = {"code": code, "message": text(why.code)}
    if subcode is not None:
        error["subcode"] = subcode
    return {"data": {"error": error, "is_valid": False, "scopes": []}}


def _check_token(world: World, call: Call) -> None:
    if call.token in {page.token for page in world.pages.values()}:
        raise bad_parameter(FOR_APPS_ONLY)
    if "|" not in (call.token or ""):
        raise GraphError(BAD_TOKEN)
    if call.token != f"{world.options.app_id}|{world.app.secret}":
        raise GraphError(BAD_TOKEN, BAD_SIGNATURE)


def _subscriptions(world: World, postman: Postman) -> list[Payload]:
    url = world.app.callback_url or postman.url
    if url is None:
        return []
    fields = [{"name": name, "version": VERSION} for name in sorted(world.app.fields)]
    return [{"object": "page", "callback_url": url, "active": True, "fields": fields}]


async def _subscribe(world: World, postman: Postman, asked: Payload) -> Answer:
    """Point the app's webhook at a URL that knows the verify token."""
    one_of("object", asked.get("object"), ("page",))
    url, token = needed(asked, "callback_url"), needed(asked, "verify_token")
    given = asked.get("fields")
    fields = given.split(",") if isinstance(given, str) else given or []
    for name in fields:
        one_of("fields", name, tuple(sorted(FIELDS)))
    await _shake_hands(postman, url, token)
    postman.move(url)
    world.app.callback_url, world.app.fields = None, set(fields)
    return Answer({"success": True})


async def _shake_hands(postman: Postman, url: str, token: str) -> None:
    challenge = str(secrets.randbelow(10**10))
    try:
        answer = await postman.shake_hands(token, challenge, url)
    except (OSError, EOFError, ValueError) as failed:
        raise _unverified(WEBHOOK_REFUSED, str(failed) or TIMED_OUT) from failed
    if answer.status != 200:
        raise _unverified(WEBHOOK_REFUSED, f"HTTP Status Code = {answer.status}")
    if answer.body != challenge.encode():
        raise _unverified(CHALLENGE_UNMET, f"expected value = {challenge}")


def _unverified(code: tuple[int, None], why: str) -> GraphError:
    return GraphError(code, f"{text(code)} {why}")
