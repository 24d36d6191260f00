"""What a customer gets when the Page sends a utility template.

Two shapes are met: Meta's guide has message.template, clients in the field use an
attachment with template_type utility_messages. Errors at this point are undocumented;
code 100 is what we answer.
"""

from collections.abc import Sequence

from emulator.message_templates import BUTTONS, VARIABLE, component, variables
from emulator.payload import Payload
from emulator.refusals import bad_parameter
from emulator.shapes import objects_at, text_at
from emulator.world import Page, Template


def wish(message: Payload) -> Payload | None:
    """Return what *message* says of a utility template, or None if it has none."""
    if isinstance(message.get("template"), dict):
        return dict(message["template"])
    attachment = message.get("attachment")
    payload = attachment.get("payload") if isinstance(attachment, dict) else None
    if isinstance(payload, dict) and payload.get("template_type") == "utility_messages":
        return payload
    return None


def rendered(page: Page, wanted: Payload) -> Payload:
    """Return the message a customer sees: a text, or a card if there are buttons."""
    template = _approved(page, wanted)
    parts = _parts(wanted)
    header = _filled(template, "HEADER", parts.pop("HEADER", []))
    body = _filled(template, "BODY", parts.pop("BODY", []))
    buttons = _buttons(template, parts.pop("BUTTONS", []))
    if not (header or buttons):
        return {"text": body}
    return {"attachment": {"type": "template", "payload": _card(header, body, buttons)}}


def _card(header: str, body: str, buttons: list[Payload]) -> Payload:
    element: Payload = {"title": header or body}
    if header:
        element["subtitle"] = body
    if buttons:
        element["buttons"] = buttons
    return {"template_type": "generic", "elements": [element]}


def _approved(page: Page, wanted: Payload) -> Template:
    language = wanted.get("language")
    code = language.get("code") if isinstance(language, dict) else language
    template = page.templates.get((str(wanted.get("name")), str(code)))
    if template is None:
        raise bad_parameter(f"There is no template {wanted.get('name')} in {code}")
    if template.status != "APPROVED":
        raise bad_parameter(f"Template {template.name} is {template.status}")
    return template


def _parts(wanted: Payload) -> dict[str, list[Payload]]:
    parts: dict[str, list[Payload]] = {}
    for part in objects_at(wanted, "components"):
        kind = text_at(part, "type").upper()
        kind = "BUTTONS" if kind == "BUTTON" else kind
        parts.setdefault(kind, []).extend(objects_at(part, "parameters"))
    if not parts.keys() <= {"HEADER", "BODY", "BUTTONS"}:
        raise bad_parameter("components are header, body and buttons")
    return parts


def _filled(template: Template, kind: str, parameters: Sequence[Payload]) -> str:
    part = component(template, kind)
    if text_at(part, "format").upper() not in ("", "TEXT"):
        return ""  # a picture: no words to fill
    text = text_at(part, "text")
    names = variables(text)
    values = [text_at(parameter, "text") for parameter in parameters]
    given = [str(number) for number in range(1, len(values) + 1)]
    if template.parameter_format == "NAMED":
        given = [text_at(parameter, "parameter_name") for parameter in parameters]
    if sorted(given) != sorted(names) or "" in values:
        wanted = ", ".join(names) or "none"
        raise bad_parameter(f"{kind} takes these parameters: {wanted}")
    return _put_in(text, dict(zip(given, values, strict=True)))


def _buttons(template: Template, parameters: Sequence[Payload]) -> list[Payload]:
    buttons = objects_at(component(template, "BUTTONS"), "buttons")
    open_ones = sum(1 for button in buttons if VARIABLE.search(_target(button)))
    if len(parameters) != open_ones:
        raise bad_parameter(f"BUTTONS take {open_ones} parameters")
    values = iter(_value(parameter) for parameter in parameters)
    return [
        _button(button, next(values) if VARIABLE.search(_target(button)) else "")
        for button in buttons
    ]


def _button(button: Payload, value: str) -> Payload:
    target = _put_in(_target(button), {"1": value})
    title = button["text"]
    if button["type"].upper() == "URL":
        return {"type": "web_url", "title": title, "url": target}
    return {"type": button["type"].lower(), "title": title, "payload": target}


def _target(button: Payload) -> str:
    return text_at(button, BUTTONS[button["type"].upper()])


def _value(parameter: Payload) -> str:
    keys = ("payload", "url", "text")
    return str(next((parameter[key] for key in keys if parameter.get(key)), ""))


def _put_in(text: str, values: dict[str, str]) -> str:
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)
