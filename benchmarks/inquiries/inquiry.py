"""What a customer wants, knows and says, and how to tell that it was dealt with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import yaml

HERE = Path(__file__).parent
SHOP = HERE / "shop"
#: Written before anybody worked towards them, and after; `third` to `eighth` were
#: written later, each played once before anybody read it. All have been read by now.
FOLDERS = (HERE / "first", HERE / "second")

Kind: TypeAlias = Literal[
    "order", "event", "faq", "mixed", "angry", "several", "stranger"
]
KINDS = get_args(Kind)
LANGUAGES = ("en", "ar", "es", "fr", "zh")
OUTCOMES = ("answered", "person")
FACTS = "facts are what tells that it was answered, and there are none for a person"
FIELDS = {"name", "kind", "language", "wants", "says", "knows", "means"}


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """One customer's errand. *facts*: of each, one way must stand in the answers."""

    name: str
    kind: Kind
    language: str
    wants: str
    says: Sequence[str]
    knows: Mapping[str, str] = field(default_factory=dict)
    #: The goals and entries of the FAQ that fit, as `frontdesk` names them.
    means: frozenset[str] = frozenset()
    outcome: Literal["answered", "person"]
    facts: Sequence[Sequence[str]] = ()


def read(folders: Sequence[Path] = FOLDERS) -> list[Inquiry]:
    """Return all inquiries; ValueError names the first that can't be read."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.yml"))]
    found = [one for path in paths for one in _inquiries(path)]
    names = [one.name for one in found]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"these names stand twice: {', '.join(sorted(doubled))}")
    return found


def _inquiries(path: Path) -> list[Inquiry]:
    try:
        given = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is no YAML: {error}") from None
    return [_inquiry(path, one) for one in given]


def _inquiry(path: Path, given: Mapping[str, Any]) -> Inquiry:
    where = f"{path.name}, {given.get('name', 'one without a name')}"
    facts = given.get("facts") or []
    wrong = (
        _unlike("kind", given, KINDS)
        or _unlike("language", given, LANGUAGES)
        or _unlike("outcome", given, OUTCOMES)
        or (not given.get("says") and "it says nothing")
        or ((given["outcome"] == "answered") is not bool(facts) and FACTS)
        or _strange(given)
    )
    if wrong:
        raise ValueError(f"{where}: {wrong}")
    return Inquiry(
        name=given["name"],
        kind=given["kind"],
        language=given["language"],
        wants=given["wants"],
        says=tuple(map(str, given["says"])),
        knows={key: str(value) for key, value in (given.get("knows") or {}).items()},
        means=frozenset(given.get("means") or ()),
        outcome=given["outcome"],
        facts=tuple(_ways(fact) for fact in facts),
    )


def _ways(fact: Any) -> tuple[str, ...]:
    return tuple(map(str, fact)) if isinstance(fact, list) else (str(fact),)


def _unlike(name: str, given: Mapping[str, Any], known: Sequence[str]) -> str:
    if given.get(name) in known:
        return ""
    return f"{name} is {given.get(name)!r}, not one of {', '.join(known)}"


def _strange(given: Mapping[str, Any]) -> str:
    stray = given.keys() - FIELDS - {"outcome", "facts"}
    return f"nobody knows {', '.join(sorted(stray))}" if stray else ""
