"""What hangs on a Page or a customer in Graph, besides the messages."""

from collections.abc import Sequence

from emulator import checks, events, message_templates, profile, send
from emulator.apps import NAME, check_scope
from emulator.calls import Answer, Call
from emulator.payload import Payload
from emulator.postman import Postman
from emulator.refusals import bad_parameter, unsupported
from emulator.shapes import object_at, one_of
from emulator.world import FIELDS, Customer, Page, World, new_id

SUCCESS: Payload = {"success": True}


def messages(world: World, postman: Postman, page: Page, call: Call) -> Answer:
    """Answer POST /{page}/messages."""
    if call.method != "POST":
        raise unsupported(call.method, "messages")
    check_scope(page, "pages_messaging")
    return send.send(world, postman, page, call)


def messenger_profile(world: World, postman: Postman, page: Page, call: Call) -> Answer:
    """Answer for what a customer sees before the first message."""
    check_scope(page, "pages_messaging")
    if call.method == "GET":
        return Answer(profile.look(page, call.parameters))
    if call.method == "DELETE":
        return Answer(profile.delete(page, call.parameters))
    answer = profile.set_up(page, call.parameters)
    world.changed()
    return Answer(answer)


def templates(world: World, postman: Postman, page: Page, call: Call) -> Answer:
    """Answer for the utility templates; the webhook hears how a review ended."""
    if call.method == "GET":
        return Answer(_listing(message_templates.listed(page, call.parameters)))
    if call.method == "DELETE":
        message_templates.delete(page, call.parameters)
        return Answer(SUCCESS)
    template = message_templates.create(page, call.parameters)
    if template.status != "PENDING":
        result = message_templates.review_result(template)
        postman.post(events.template_status(page.page_id, result))
    found = message_templates.described(template)
    return Answer({key: found[key] for key in ("id", "status", "category")})


def subscribed_apps(world: World, postman: Postman, page: Page, call: Call) -> Answer:
    """Answer for which events our app gets of this Page."""
    check_scope(page, "pages_manage_metadata")
    if call.method == "GET":
        return Answer(_listing([_app(world, page)] if page.subscribed else []))
    if call.method == "DELETE":
        page.subscribed.clear()
        return Answer(SUCCESS)
    page.subscribed = set(_fields(call.parameters.get("subscribed_fields")))
    return Answer(SUCCESS)


def attachments(world: World, postman: Postman, page: Page, call: Call) -> Answer:
    """Answer POST /{page}/message_attachments: keep a file to send it again."""
    if call.method != "POST":
        raise unsupported(call.method, "message_attachments")
    checks.check(call.message)
    kind = object_at(call.message, "attachment").get("type")
    one_of("message[attachment][type]", kind, checks.MEDIA)
    attachment_id = new_id()
    page.attachments[attachment_id] = send.file(world, page, call)
    return Answer({"attachment_id": attachment_id})


EDGES = {
    "messages": messages,
    "messenger_profile": messenger_profile,
    "message_templates": templates,
    "subscribed_apps": subscribed_apps,
    "message_attachments": attachments,
}


def page_node(page: Page, asked: Payload) -> Payload:
    """Return what Graph tells of a Page."""
    features = {"hop_v2": False, "msgr_multi_app": False, "ig_multi_app": False}
    known = {
        "id": page.page_id,
        "name": page.name,
        "is_published": page.published,
        "messaging_feature_status": features,
    }
    return _chosen(known, asked, ("id", "name"))


def customer_node(customer: Customer, asked: Payload) -> Payload:
    """Return the profile of *customer*, or nothing where it may not be read."""
    if not customer.profile:
        return {}
    first, _, last = customer.name.partition(" ")
    known = {
        "first_name": first,
        "last_name": last,
        "name": customer.name,
        "locale": customer.locale,
        "timezone": customer.timezone,
        "profile_pic": f"https://platform-lookaside.example/{customer.psid}.jpg",
        "id": customer.psid,
    }
    return _chosen(known, asked, ("first_name", "last_name", "profile_pic", "id"))


def _app(world: World, page: Page) -> Payload:
    return {
        "link": "https://www.facebook.com/games/",
        "name": NAME,
        "id": world.options.app_id,
        "subscribed_fields": sorted(page.subscribed),
    }


def _fields(given: object) -> Sequence[str]:
    fields = given.split(",") if isinstance(given, str) else given
    if not isinstance(fields, list) or not fields:
        raise bad_parameter("The parameter subscribed_fields is required.")
    for number, field in enumerate(fields):
        one_of(f"subscribed_fields[{number}]", field, tuple(sorted(FIELDS)))
    return fields


def _listing(data: list[Payload]) -> Payload:
    return {"data": data}


def _chosen(known: Payload, asked: Payload, usual: Sequence[str]) -> Payload:
    fields = asked.get("fields") or ",".join(usual)
    names = fields.split(",") if isinstance(fields, str) else fields
    # Graph leaves out what it does not know of a field it does know, and adds the id.
    return {name: known[name] for name in [*names, "id"] if name in known}
