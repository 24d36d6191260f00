"""What a Rasa project's training data teaches: into files of nlu/ and faq/.

A file whose every item can be learned from is taken over byte by byte. Of others each
example is tried by itself; what can't be learned from is kept aside and told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.rasa import project
from bot.rasa.project import Document, line_of
from bot.rasa.report import Left, Report
from intents import annotations, cost, examples, nlu
from intents.entities import MOST_STEPS, phrases
from intents.nlu import TrainingDataError

FAQ = "faq/"
EVERY_LANGUAGE = "all"
#: Where the values are found that a project only marked in its examples.
MARKED = "marked_entities.yml"
#: Of one entity; more are a list that the shop should keep itself.
MOST_MARKED = 300
LONGEST_MARKED = 60
#: What Rasa's projects have a server of Duckling find.
_USUAL = {
    "number": r"(?<![\w.,])\d{1,9}(?:\.\d{1,4})?(?![\w,]|\.\d)",
    "phone-number": r"(?<![\w+])\+?\d(?:[ ().-]{0,2}\d){6,13}(?!\w)",
    "amount-of-money": r"[$€£] ?\d{1,9}(?:[.,]\d{2})?"
    r"|\d{1,9}(?:[.,]\d{2})? ?(?:dollars?|euros?|pounds?|usd|eur|gbp)(?!\w)",
}
VERSION = "3.1"
KINDS = {
    "intent": "examples",
    "synonym": "synonyms",
    "regex": "patterns",
    "lookup": "lookups",
}


@dataclass
class Lessons:
    """What is learned: the files to be, and what the rest of the project needs."""

    #: By target, such as nlu/en/nlu.yml.
    files: dict[str, str] = field(default_factory=dict)
    #: Items that are kept aside, by the path of their file.
    aside: dict[str, CommentedSeq] = field(default_factory=dict)
    #: Items of the FAQ.
    faq: list[CommentedMap] = field(default_factory=list)
    #: One phrasing of each intent, for tests that name no words.
    spoken: dict[str, str] = field(default_factory=dict)


def lessons(
    documents: Sequence[Document], language: str, built_in: Path, report: Report
) -> Lessons:
    """Return what the documents with ``nlu`` teach."""
    found = Lessons()
    for one in documents:
        _file(one, language, found, report)
    known = [*sorted((built_in / "nlu").glob("*.yml"))]
    _affordable(found, known, report)
    return found


def target(path: str, language: str) -> str:
    """Return where the phrasings of a project's file go."""
    parts = [one for one in PurePosixPath(path).with_suffix("").parts if one != "data"]
    if len(parts) > 1 and parts[0] == "nlu":
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == EVERY_LANGUAGE:
        return f"nlu/{'_'.join(parts[1:])}.yml"
    if len(parts) > 1 and parts[0] == language:
        parts = parts[1:]
    return f"nlu/{language}/{'_'.join(parts)}.yml"


def _file(document: Document, language: str, found: Lessons, report: Report) -> None:
    items = document.contents["nlu"]
    kept, whole = CommentedSeq(), True
    for place, item in enumerate(items if isinstance(items, list) else []):
        line = line_of(items, place)
        taken, aside = _item(document.path, item, line, report)
        if aside is not None:
            found.aside.setdefault(document.path, CommentedSeq()).append(aside)
        if taken is None:
            whole = False
        elif str(taken.get("intent", "")).startswith(FAQ):
            found.faq.append(taken)
            whole = False
        else:
            whole = whole and taken is item
            kept.append(taken)
        _hear(taken, found)
    if kept:
        text = _text(document, kept, whole=whole)
        found.files[target(document.path, language)] = text


def _text(document: Document, kept: CommentedSeq, *, whole: bool) -> str:
    if whole and {*document.contents} <= {"version", "nlu"}:
        return document.text
    return project.written(CommentedMap(version=VERSION, nlu=kept))


def _hear(item: CommentedMap | None, found: Lessons) -> None:
    """Remember how the intent of an item may be said."""
    if item is None or "intent" not in item or str(item["intent"]) in found.spoken:
        return
    for text, _ in lines(item, 0):
        found.spoken[str(item["intent"])] = annotations.read(text)[0].strip()
        return


def lines(item: CommentedMap, line: int) -> Iterator[tuple[str, int]]:
    """Yield the examples of an item, each with its line."""
    given = item.get("examples")
    if isinstance(given, str):
        first = (line_of(item, "examples") or line) + 1
        for number, one in enumerate(str(given).splitlines()):
            if one.strip():
                yield one.strip().removeprefix("-").strip(), first + number
    elif isinstance(given, list):
        for place, one in enumerate(given):
            text = one.get("text", "") if isinstance(one, dict) else one
            yield str(text).strip(), line_of(given, place) or line


def _item(
    path: str, item: Any, line: int, report: Report
) -> tuple[CommentedMap | None, CommentedMap | None]:
    """Return what of an item can be learned from, and what must be kept aside."""
    kind = next((one for one in KINDS if isinstance(item, dict) and one in item), None)
    if kind is None:
        report.leave("examples", Left(path, line, "an item", "is of no kind we know"))
        return None, item if isinstance(item, CommentedMap) else None
    counted, count = KINDS[kind], sum(1 for _ in lines(item, line))
    if _problem(item) is None:
        report.take(counted, count)
        return item, None
    return _parted(path, item, line, report)


def _problem(item: CommentedMap) -> str | None:
    """Return why an item can't be learned from; None if it can."""
    text = project.written(CommentedMap(nlu=CommentedSeq([item])))
    try:
        for _ in nlu.read(text, Path("item.yml")):
            continue
        if "lookup" in item:
            values = [one for one, _ in lines(item, 0)]
            cost.steps(nlu.lookup(str(item["lookup"]), values).expression)
    except TrainingDataError as error:
        return error.problem
    except cost.CostlyPatternError as error:
        return str(error)
    return None


def _parted(
    path: str, item: CommentedMap, line: int, report: Report
) -> tuple[CommentedMap | None, CommentedMap | None]:
    """Part an item into its good examples and the others, which are told."""
    kind = next(one for one in KINDS if one in item)
    good, bad = list[Any](), list[Any]()
    for text, at in lines(item, line):
        problem = _problem(_with(item, [text]))
        if problem is None:
            good.append(text)
            report.take(KINDS[kind])
        else:
            bad.append(text)
            what = f"{kind} {item[kind]}: {text[:60]}"
            report.leave(KINDS[kind], Left(path, at, what, problem))
    if kind == "lookup" and good:  # each value is good, all together are not
        left = Left(path, line, f"lookup {item[kind]}", str(_problem(item)))
        report.give_back(KINDS[kind], len(good), left)
        return None, item
    return (_with(item, good) if good else None), (_with(item, bad) if bad else item)


def _with(item: CommentedMap, texts: Sequence[str]) -> CommentedMap:
    """Return an item with other examples."""
    made = CommentedMap((key, item[key]) for key in item if key != "examples")
    made["examples"] = LiteralScalarString("".join(f"- {one}\n" for one in texts))
    return made


def _affordable(found: Lessons, known: Iterable[Path], report: Report) -> None:
    """Keep patterns aside, the costliest first, while all together are too slow."""
    budget = MOST_STEPS - _spent(known)
    dear = sorted(_patterns(found), key=lambda one: -one[0])
    spent = sum(steps for steps, *_ in dear)
    for steps, file, place, kind in dear:
        if spent <= budget:
            return
        spent -= steps
        contents = project.parse(found.files[file], file).contents
        item = contents["nlu"].pop(place)
        aside = found.aside.setdefault(f"data/{file}", CommentedSeq())
        aside.append(item)
        found.files[file] = project.written(contents)
        why = "all patterns together take too long on a long message"
        left = Left(file, 0, f"{kind} {item[kind]}", why)
        report.give_back(KINDS[kind], sum(1 for _ in lines(item, 0)), left)


def _spent(paths: Iterable[Path]) -> int:
    return sum(cost.steps(one.expression) for one in examples.load(paths).patterns)


def _patterns(found: Lessons) -> Iterator[tuple[int, str, int, str]]:
    """Yield what each pattern costs, its file, its place there, and its kind."""
    for file, text in found.files.items():
        items = project.parse(text, file).contents["nlu"]
        for place, item in reversed([*enumerate(items)]):
            values = [one for one, _ in lines(item, 0)]
            if "regex" in item:
                yield sum(map(cost.steps, values)), file, place, "regex"
            elif "lookup" in item:
                steps = cost.steps(phrases("", values).expression)
                yield steps, file, place, "lookup"


def look_up(
    found: Lessons,
    entities: Iterable[str],
    built_in: Path,
    language: str,
    report: Report,
) -> None:
    """Let values be found that examples mark, and no pattern of the project finds.

    Rasa learns from the marks how to find others; here a value must be known. Of the
    *entities* of the domain, numbers and their like are found by what they look like.
    """
    known = [*sorted((built_in / "nlu").glob("*.yml"))]
    marked, found_already, budget = _marked(found, known)
    items = CommentedSeq(
        _with(CommentedMap(regex=name), [_USUAL[name]])
        for name in sorted({*entities} & {*_USUAL} - found_already - {*marked})
    )
    for name, texts in sorted(marked.items()):
        values = sorted(texts)[:MOST_MARKED]
        steps = cost.steps(phrases(name, values).expression)
        if name in found_already:
            continue
        if steps > min(budget, cost.MOST_STEPS):
            report.note(f"entity {name} is found nowhere: it has too many values")
            continue
        budget -= steps
        items.append(_with(CommentedMap(lookup=name), values))
        report.note(
            f"entity {name}: only the {len(values)} values that examples mark are "
            f"found, by nlu/{language}/{MARKED}; add others there, or a regex"
        )
    if items:
        _write(found, f"nlu/{language}/{MARKED}", items)


def _write(found: Lessons, target_file: str, items: CommentedSeq) -> None:
    """Add lookups and regexes to the file of them, which may not be there yet."""
    if target_file in found.files:
        contents = project.parse(found.files[target_file], target_file).contents
        contents["nlu"].extend(items)
    else:
        contents = CommentedMap(version=VERSION, nlu=items)
        contents.yaml_set_start_comment(
            "Values that the examples mark, so that they are found in messages.\n"
        )
    found.files[target_file] = project.written(contents)


def _marked(
    found: Lessons, known: Sequence[Path]
) -> tuple[dict[str, set[str]], set[str], int]:
    """Return the values by entity, the entities found, and the steps left to spend."""
    marked: dict[str, set[str]] = {}
    patterned = {one.entity for one in examples.load(known).patterns}
    budget = MOST_STEPS - _spent(known)
    for file, text in found.files.items():
        for one in nlu.read(text, Path(file)):
            if one.kind in ("regex", "lookup"):
                patterned.add(one.name)
            elif one.kind == "entity" and len(one.text) <= LONGEST_MARKED:
                marked.setdefault(one.name, set()).add(one.text.casefold())
    return marked, patterned, budget - sum(steps for steps, *_ in _patterns(found))
