"""Utility templates of a Page: made, reviewed, listed, taken away.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/utility-messages
"""

import re
from typing import Literal

from emulator.limits import LIMITS
from emulator.payload import Payload
from emulator.refusals import QUICK_REPLY_IN_TEMPLATE, GraphError, bad_parameter
from emulator.shapes import needed, objects_at, one_of, text_at
from emulator.world import Page, Template, new_id

#: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/supported-languages
#: Messenger's own page on templates lists no languages, and integrators go by these.
_LANGUAGES = """
    af sq ar az bn bg ca hr cs da nl en et fil fi fr ka de el gu ha he hi hu id ga it ja
    kn kk ko lo lv lt mk ms ml mr nb fa pl pa ro ru sr sk sl es sw sv ta te th tr uk ur
    uz vi zu
"""
_WITH_COUNTRY = "be ky prs pt rw zh"
LANGUAGE = re.compile(
    f"({'|'.join(_LANGUAGES.split())})(_[A-Z]{{2}})?"
    f"|({'|'.join(_WITH_COUNTRY.split())})_[A-Z]{{2}}"
)
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
Status = Literal["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "ARCHIVED"]
#: Each kind of button, and where what it does is written.
BUTTONS = {"POSTBACK": "payload", "URL": "url", "PHONE_NUMBER": "phone_number"}
MISSING_SAMPLES = "TEMPLATE_VARIABLES_MISSING_SAMPLE_VALUES"


def create(page: Page, wanted: Payload) -> Template:
    """Add the template *wanted* to *page*; its review is over at once."""
    name, language = needed(wanted, "name"), needed(wanted, "language")
    if wanted.get("category") != "UTILITY":
        raise bad_parameter("Param category must be UTILITY")
    if not LANGUAGE.fullmatch(language):
        raise bad_parameter(f"Param language {language} is not a supported language")
    if (name, language) in page.templates:
        raise bad_parameter("A template of this name and language exists already")
    named = text_at(wanted, "parameter_format").upper() == "NAMED"
    template = Template(
        template_id=new_id(),
        name=name,
        language=language,
        category="UTILITY",
        parameter_format="NAMED" if named else "POSITIONAL",
        components=_components(wanted),
        status=page.review,
    )
    if not _passes(template):
        template.status = "REJECTED"
    page.templates[name, language] = template
    return template


def listed(page: Page, asked: Payload) -> list[Payload]:
    """Return the templates of *page* that *asked* is about."""
    return [described(t) for t in page.templates.values() if _fits(t, asked)]


def delete(page: Page, asked: Payload) -> None:
    """Take a template away, in all languages if only its name is given."""
    name = needed(asked, "name")
    chosen = asked.get("template_id") or asked.get("hsm_id")
    doomed = [
        template
        for template in page.templates.values()
        if template.name == name and chosen in (None, template.template_id)
    ]
    if not doomed:
        raise bad_parameter(f"There is no template {name}")
    for template in doomed:
        del page.templates[template.name, template.language]


def described(template: Template) -> Payload:
    """Return *template* as Graph shows it."""
    return {
        "id": template.template_id,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "parameter_format": template.parameter_format,
        "status": template.status,
        "components": template.components,
    }


def review_result(template: Template) -> Payload:
    """Return what the webhook is told of *template*'s review."""
    return {
        "event": template.status,
        "message_template_id": int(template.template_id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "reason": "INCORRECT_PARAMS" if template.status == "REJECTED" else None,
    }


def component(template: Template, kind: str) -> Payload:
    """Return the HEADER, BODY or BUTTONS of *template*, empty if it has none."""
    found = (part for part in template.components if part["type"].upper() == kind)
    return next(found, {})


def variables(text: str) -> list[str]:
    """Return the names or numbers in {{...}}, each once, in order."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def _fits(template: Template, asked: Payload) -> bool:
    return (
        text_at(asked, "name") in template.name  # a part of it is enough
        and asked.get("language") in (None, template.language)
        and asked.get("status") in (None, template.status)
        and asked.get("category") in (None, template.category)
        and text_at(asked, "content") in str(template.components)
    )


def _components(wanted: Payload) -> list[Payload]:
    parts = objects_at(wanted, "components")
    kinds = [text_at(part, "type").upper() for part in parts]
    if kinds.count("BODY") != 1 or not {"HEADER", "BODY", "BUTTONS"}.issuperset(kinds):
        raise bad_parameter("components are a BODY, perhaps a HEADER and BUTTONS")
    for kind, part in zip(kinds, parts, strict=True):
        if kind == "BUTTONS":
            _check_buttons(part)
        elif kind == "BODY" or text_at(part, "format").upper() in ("", "TEXT"):
            _check_text(part)
    return parts


def _passes(template: Template) -> bool:
    """Say whether a reviewer would take the variables of *template* as they stand."""
    body = component(template, "BODY")["text"].strip()
    names = variables(body)
    numbers = [str(number) for number in range(1, len(names) + 1)]
    positional = template.parameter_format == "POSITIONAL"
    at_an_end = re.search(rf"^{VARIABLE.pattern}|{VARIABLE.pattern}$", body)
    return not at_an_end and (not positional or sorted(names) == sorted(numbers))


def _check_text(part: Payload) -> None:
    text = needed(part, "text", LIMITS["utility_template"]["body"])
    if variables(text) and not part.get("example"):
        raise bad_parameter(MISSING_SAMPLES)


def _check_buttons(part: Payload) -> None:
    limits = LIMITS["utility_template"]
    for button in objects_at(part, "buttons", limits["buttons"]):
        kind = text_at(button, "type").upper()
        if kind == "QUICK_REPLY":
            raise GraphError(QUICK_REPLY_IN_TEMPLATE)
        one_of("buttons[type]", kind, tuple(BUTTONS))
        needed(button, "text", limits["button_title"])
        needed(button, BUTTONS[kind])
