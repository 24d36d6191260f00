"""A Rasa domain: into domain.yml and the responses of one language.

What our domain can't hold is kept aside and told: no key is dropped in silence.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.rasa import project
from bot.rasa.phrasings import VERSION
from bot.rasa.project import Document, line_of
from bot.rasa.report import Left, Report
from flows import domain as our_domain
from flows import responses as our_responses
from flows.files import DataError, Source

#: What a domain says beside its responses.
SECTIONS = (
    "intents",
    "entities",
    "slots",
    "actions",
    "forms",
    "session_config",
    "config",
    "e2e_actions",
)
RESPONSES = "responses"
#: Spellings of Rasa 2 and before, and what they are now.
_OLDER = {"templates": RESPONSES}
_TYPES = {"unfeaturized": "any"}
_MAPPED_BY_HAND = CommentedSeq([CommentedMap(type="custom")])
#: How the answers of the FAQ are called, before the name of their entry.
FAQ = "utter_faq/"


@dataclass
class Known:
    """What the project's domain becomes."""

    domain: CommentedMap = field(default_factory=CommentedMap)
    responses: CommentedMap = field(default_factory=CommentedMap)
    #: Answers of the FAQ, by name.
    answers: CommentedMap = field(default_factory=CommentedMap)
    #: What can't be said as it is, by name: kept aside.
    unsaid: CommentedMap = field(default_factory=CommentedMap)
    #: Slots of a kind that there is not here: kept aside.
    unslotted: CommentedMap = field(default_factory=CommentedMap)
    #: The very text of the file that says it all, as long as nothing is changed.
    domain_text: str | None = None
    responses_text: str | None = None

    @property
    def actions(self) -> list[str]:
        """Return the names of the actions."""
        return _names(self.domain.get("actions"))

    @property
    def entities(self) -> list[str]:
        """Return the names of the entities."""
        return _names(self.domain.get("entities"))

    @property
    def slots(self) -> CommentedMap:
        """Return the slots of the domain."""
        return self.domain.get("slots") or CommentedMap()

    @property
    def forms(self) -> dict[str, list[str]]:
        """Return the slots that each form wants."""
        return {
            str(name): _wanted(body) for name, body in _pairs(self.domain.get("forms"))
        }

    def files(self, language: str) -> dict[str, str]:
        """Return the files to be."""
        found = {}
        if self.domain:
            text = self.domain_text or project.written(self.domain)
            found["domain.yml"] = text
        if self.responses:
            body = CommentedMap(version=VERSION, responses=self.responses)
            text = self.responses_text or project.written(body)
            found[f"responses/{language}.yml"] = text
        return found


def known(documents: Sequence[Document], report: Report) -> Known:
    """Return what the documents with a domain say."""
    found, before = Known(), deepcopy([one.contents for one in documents])
    for one in documents:
        for older, newer in _OLDER.items():
            if older in one.contents and newer not in one.contents:
                one.contents[newer] = one.contents.pop(older)
        _sections(one, found, report)
        _responses(one, found, report)
    if not found.domain.get("slots"):
        found.domain.pop("slots", None)
    _remember_texts(documents, before, found)
    return found


def _remember_texts(
    documents: Sequence[Document], before: Sequence[CommentedMap], found: Known
) -> None:
    """Note where one file says all of the domain, or of the responses, as it is."""
    plain = [one for one in documents if {*SECTIONS} & {*one.contents}]
    saying = [one for one in documents if RESPONSES in one.contents]
    unchanged = {
        one.path
        for one, was in zip(documents, before, strict=True)
        if one.contents == was
    }
    if len(plain) == 1 and plain[0].path in unchanged and plain[0] not in saying:
        found.domain_text = plain[0].text
    # The FAQ's answers may stand in a file of their own.
    said = [one for one in saying if {*one.contents["responses"]} & {*found.responses}]
    if len(said) == 1 and said[0].path in unchanged and _says_all(said[0], found):
        found.responses_text = said[0].text


def _says_all(document: Document, found: Known) -> bool:
    """Whether a file says all responses, and nothing else."""
    return {*document.contents} <= {"version", RESPONSES} and (
        {*document.contents[RESPONSES]} == {*found.responses} - {*found.unsaid}
    )


def _sections(document: Document, found: Known, report: Report) -> None:
    for key in SECTIONS:
        if key not in document.contents or document.contents[key] is None:
            continue
        match key:
            case "slots":
                _slots(document, found, report)
            case "actions":
                _actions(document, report)
            case "intents" | "entities":
                report.take(key, len(document.contents[key]))
        _join(found.domain, key, document.contents)
    if found.domain and "version" not in found.domain:
        found.domain.insert(0, "version", VERSION)


def _join(into: CommentedMap, key: str, contents: CommentedMap) -> None:
    """Move a section over, below what another file has said in it."""
    given = contents[key]
    if key not in into:
        into[key] = given
        if key in contents.ca.items:
            into.ca.items[key] = contents.ca.items[key]
    elif isinstance(given, list):
        into[key].extend(one for one in given if one not in into[key])
    elif isinstance(given, dict):
        into[key].update(given)


def _actions(document: Document, report: Report) -> None:
    """Take the actions; a response among them is one by itself."""
    given = document.contents["actions"]
    for place in reversed(range(len(given))):
        one = given[place]
        name = str(next(iter(one)) if isinstance(one, dict) and one else one)
        if name.startswith("utter_"):
            report.note(f"action {name} is a response: it needs no entry in 'actions'")
            del given[place]
        else:
            report.take("actions")


def _slots(document: Document, found: Known, report: Report) -> None:
    slots = document.contents["slots"]
    for name, body in list(slots.items()):
        line = document.line(name, slots)
        if not isinstance(body, dict):
            slots[name] = CommentedMap(type="any", mappings=deepcopy(_MAPPED_BY_HAND))
            report.note(f"{document.path}:{line}: slot {name} says nothing: any value")
            body = slots[name]
        _mend(document.path, line, str(name), body, document.contents, report)
        try:
            our_domain.load([Source(document.path, {"slots": {name: body}})])
            report.take("slots")
        except DataError as error:
            why = "; ".join(error.problems)
            report.leave("slots", Left(document.path, line, f"slot {name}", why))
            found.unslotted[name] = slots.pop(name)


def _mend(
    path: str,
    line: int,
    name: str,
    body: CommentedMap,
    contents: CommentedMap,
    report: Report,
) -> None:
    """Write a slot as Rasa 3 has it, without what means nothing here."""
    where = f"{path}:{line}: slot {name}"
    kind = str(body.get("type"))
    if kind in _TYPES or "." in kind:
        report.note(f"{where}: type {kind} is read as 'any'")
        body["type"] = "any"
    for key in [key for key in body if key not in our_domain.SLOT_KEYS]:
        report.note(f"{where}: '{key}: {body.pop(key)}' means nothing here")
    if not body.get("mappings"):
        body["mappings"] = _mappings(name, contents)
        report.note(f"{where}: has no mappings; {body['mappings'][0]['type']} is given")


def _mappings(name: str, contents: CommentedMap) -> CommentedSeq:
    """Return what fills a slot that has no mappings: those of its form in Rasa 2."""
    wanted = [
        body.get("required_slots", body)
        for _, body in _pairs(contents.get("forms"))
        if isinstance(body, dict)
    ]
    for slots in wanted:
        if isinstance(slots, dict) and isinstance(slots.get(name), list):
            return deepcopy(CommentedSeq(slots[name]))
    if name in map(str, contents.get("entities") or ()):
        return CommentedSeq([CommentedMap(type="from_entity", entity=name)])
    if any(name in slots for slots in wanted):
        return CommentedSeq([CommentedMap(type="from_text")])
    return deepcopy(_MAPPED_BY_HAND)


def _responses(document: Document, found: Known, report: Report) -> None:
    given = document.contents.get(RESPONSES)
    for name, bodies in _pairs(given):
        line = document.line(name, given)
        said, unsaid = _parted(document.path, str(name), bodies, line, report)
        if unsaid:
            found.unsaid[name] = unsaid
        if said and str(name).startswith(FAQ):
            found.answers[name] = said
        elif said:
            found.responses[name] = said if unsaid else bodies
            if name in given.ca.items:
                found.responses.ca.items[name] = given.ca.items[name]


def _parted(
    path: str, name: str, bodies: Any, line: int, report: Report
) -> tuple[CommentedSeq, CommentedSeq]:
    """Part the variations of a response into those that can be said, and others."""
    said, unsaid = CommentedSeq(), CommentedSeq()
    for place, body in enumerate(bodies if isinstance(bodies, list) else [bodies]):
        source = Source(path, {RESPONSES: {name: [body]}})
        try:
            our_responses.load([source])
        except DataError as error:
            at = line_of(bodies, place) or line
            why = "; ".join(
                one.rpartition(f"response {name}")[2].lstrip(":, ")
                for one in error.problems
            )
            report.leave("responses", Left(path, at, name, why))
            unsaid.append(body)
            continue
        report.take("responses")
        said.append(body)
    return said, unsaid


def _names(listed: Any) -> list[str]:
    """Return the names in a list of names, or of names with what is said of each."""
    found = listed if isinstance(listed, list) else []
    return [str(next(iter(one)) if isinstance(one, dict) else one) for one in found]


def _wanted(body: Any) -> list[str]:
    """Return the slots of a form: as Rasa 3, or as Rasa 2 has it."""
    if not isinstance(body, dict):
        return []
    wanted = body.get("required_slots", body)
    return [str(one) for one in wanted] if isinstance(wanted, list | dict) else []


def _pairs(section: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(section, dict):
        yield from list(section.items())
    elif isinstance(section, list):  # forms of Rasa 2 and before: names alone
        yield from ((one, None) for one in section if isinstance(one, str))
