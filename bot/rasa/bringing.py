"""A Rasa project becomes a shop's own files: what goes where, and what is kept aside.

What runs here goes where flows, phrasings, responses and scripts lie. Rules, stories,
tests and settings of Rasa are kept below rasa/ as they are, so that an export has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.rasa import domain, flows, phrasings, project, stories, trials
from bot.rasa.domain import Known
from bot.rasa.phrasings import VERSION, Lessons
from bot.rasa.project import Document
from bot.rasa.report import Left, ProjectError, Report
from flows import domain as our_domain
from flows import files as our_files
from flows import responses as our_responses
from flows.files import DataError, Source
from flows.responses import Responses

#: Where what does not run here is kept, as the project has it.
KEPT = "rasa"
#: Where, in a project, lies what could not be taken over.
ASIDE = "aside"
_RASAS = frozenset(["rules", "stories", "test_cases", "pipeline", "policies", "recipe"])
_USUAL = frozenset(["version", "language"])
_TAKEN = frozenset(["nlu", "flows", "responses", "templates", *domain.SECTIONS])


@dataclass(frozen=True)
class Brought:
    """The files to be, by their path below a shop's data folder, and the report."""

    files: Mapping[str, str]
    report: Report


def bring(root: Path, language: str, built_in: Path) -> Brought:
    """Return what the project in *root* becomes; raise ProjectError."""
    documents = project.read(root)
    if not any({*one.contents} & (_TAKEN | _RASAS) for one in documents):
        raise ProjectError(
            f"{root} holds no Rasa project: it has no YAML file with 'nlu', 'intents', "
            "'responses', 'flows', 'rules' or 'stories'"
        )
    return _Project(root, documents, language, built_in).brought()


class _Project:
    """One import, step by step."""

    def __init__(
        self, root: Path, documents: Sequence[Document], language: str, built_in: Path
    ) -> None:
        self._root, self._language, self._built_in = root, language, built_in
        self._report = Report()
        self._all = documents
        self._tests = [one for one in documents if trials.is_test(one)]
        self._training = [one for one in documents if one not in self._tests]

    def brought(self) -> Brought:
        """Return the files and the report."""
        # Before the domain moves what is in the documents to where it belongs.
        kept = {**self._kept()}
        learned = phrasings.lessons(
            self._with({"nlu"}), self._language, self._built_in, self._report
        )
        says = self._with({*domain.SECTIONS, "responses", "templates"})
        faq = self._faq_text()
        known = domain.known(says, self._report)
        phrasings.look_up(
            learned, known.entities, self._built_in, self._language, self._report
        )
        made = self._flows(known)
        files = {
            **learned.files,
            **self._faq(learned, known, faq),
            **made,
            **known.files(self._language),
            **self._scripts(known, learned),
            **kept,
            **self._aside(learned, known),
        }
        self._tell(known)
        return Brought(files, self._report)

    def _with(self, keys: set[str]) -> list[Document]:
        return [one for one in self._training if keys & {*one.contents}]

    def _flows(self, known: Known) -> dict[str, str]:
        """Return the files of flows that can be run, told which can't."""
        own = {one.path: one.contents["flows"] or {} for one in self._with({"flows"})}
        mine = {str(name): body for file in own.values() for name, body in file.items()}
        made = self._made(known, mine)
        candidates = {**made.flows, **mine}
        if made.slots:
            known.domain.setdefault("slots", CommentedMap()).update(made.slots)
            known.domain_text = None
        wrong = dict(self._unusable(candidates, known))
        for name, why in wrong.items():
            self._report.left.append(Left("flows", 0, f"flow {name}", why))
        self._report.take("flows", len(candidates) - len(wrong))
        self._report.found["flows"] += len(wrong)
        found = {
            f"flows/{name}.yml": flows.text(name, body)
            for name, body in made.flows.items()
            if name not in wrong
        }
        return {**found, **self._own_flows(own, wrong)}

    def _made(self, known: Known, mine: Mapping[str, Any]) -> flows.Made:
        """Return the flows of forms, rules and stories that the project has not."""
        spoken = {*known.responses, *self._ours().by_name}
        texts = {name: _text(bodies) for name, bodies in known.responses.items()}
        choices = {name for name, bodies in known.responses.items() if _offers(bodies)}
        told = stories.told(
            self._with({"rules", "stories"}),
            [*known.forms],
            known.slots,
            stories.Asks(texts, choices),
            self._report,
        )
        forms = {name: one for name, one in known.forms.items() if name not in mine}
        told.starts = {name: w for name, w in told.starts.items() if name not in mine}
        return flows.made(told, forms, spoken, known.actions, self._report)

    def _unusable(self, candidates: Mapping[str, CommentedMap], known: Known) -> Any:
        built_in = our_files.read([self._built_in / "domain.yml"])
        sources = [*built_in, Source("domain.yml", dict(known.domain))]
        said = our_responses.load(
            [Source("responses", {"responses": dict(known.responses)})]
        )
        ours = our_files.read(sorted((self._built_in / "flows").glob("*.yml")))
        try:
            yield from flows.usable(
                candidates,
                ours,
                our_domain.load(sources),
                our_responses.over([self._ours(), said]),
            )
        except DataError as error:
            raise ProjectError(
                "the project gives a word of Frontdesk's own another meaning, so that "
                "its flows break; give it another name in the project:\n"
                + "\n".join(error.problems)
            ) from None

    def _ours(self) -> Responses:
        path = self._built_in / "responses" / f"{self._language}.yml"
        return our_responses.load(our_files.read([path]))

    def _own_flows(
        self, own: Mapping[str, Mapping[str, Any]], wrong: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the project's own files of flows, byte by byte where all are good."""
        texts = {one.path: one for one in self._training}
        found = {}
        for path, bodies in own.items():
            target = f"flows/{PurePosixPath(path).stem}.yml"
            good = {name: body for name, body in bodies.items() if name not in wrong}
            if len(good) == len(bodies) and {*texts[path].contents} <= {
                "version",
                "flows",
            }:
                found[target] = texts[path].text
            elif good:
                found[target] = project.written(CommentedMap(flows=CommentedMap(good)))
        return found

    def _faq_text(self) -> str | None:
        """Return the text of the one file that is all of the FAQ, if there is one."""
        texts = [one.text for one in self._training if _is_faq(one)]
        return texts[0] if len(texts) == 1 else None

    def _faq(self, learned: Lessons, known: Known, text: str | None) -> dict[str, str]:
        if not learned.faq and not known.answers:
            return {}
        body = CommentedMap(version=VERSION)
        if learned.faq:
            body["nlu"] = CommentedSeq(learned.faq)
        if known.answers:
            body["responses"] = known.answers
        for name, said in known.answers.items():
            if len(said) > 1:
                self._report.note(
                    f"{name}: the first of its {len(said)} answers is given"
                )
        self._report.note(
            f"{len(learned.faq)} questions of the FAQ are drafts: read and publish them"
        )
        return {f"faq/{self._language}.yml": text or project.written(body)}

    def _scripts(self, known: Known, learned: Lessons) -> dict[str, str]:
        words = trials.Words(
            forms=known.forms,
            slots=known.slots,
            actions=frozenset(known.actions),
            spoken=learned.spoken,
            responses=frozenset([*known.responses, *self._ours().by_name]),
        )
        return trials.scripts(self._tests, words, self._language, self._report)

    def _kept(self) -> dict[str, str]:
        """Return what does not run here, as it stands in the project."""
        found = {}
        for one in self._all:
            path = f"{KEPT}/{PurePosixPath(one.path).with_suffix('.yml')}"
            rest = [key for key in one.contents if key not in {*_TAKEN, *_USUAL}]
            if one in self._tests:
                found[path] = one.text
            elif not _RASAS & {*rest}:
                if rest:
                    self._report.note(f"{one.path}: passed over: {', '.join(rest)}")
            elif _TAKEN & {*one.contents}:
                found[path] = _rest(one, rest)
            else:
                found[path] = one.text
        return found

    def _aside(self, learned: Lessons, known: Known) -> dict[str, str]:
        """Return what could not be taken over, so that an export has it again."""
        found = {}
        for path, items in learned.aside.items():
            name = path if path.startswith(f"{ASIDE}/") else f"{ASIDE}/{path}"
            body = CommentedMap(version=VERSION, nlu=items)
            found[f"{KEPT}/{name}"] = project.written(body)
        for key, section in (("responses", known.unsaid), ("slots", known.unslotted)):
            if section:
                body = CommentedMap([("version", VERSION), (key, section)])
                found[f"{KEPT}/{ASIDE}/{key}.yml"] = project.written(body)
        return found

    def _tell(self, known: Known) -> None:
        """Note what whoever imports should do, and what means another thing here."""
        if known.actions:
            self._report.note(
                f"{len(known.actions)} actions run on the project's action server: set "
                "FRONTDESK_ACTION_ENDPOINT, or put their files into actions/"
            )
        if "stop" in map(str, known.domain.get("intents") or ()):
            self._report.note(
                "intent stop means here: never write to me unasked; rename the "
                "project's if it means another thing"
            )
        for name in sorted(project.SECRETS):
            if (self._root / f"{name}.yml").exists():
                self._report.note(
                    f"{name}.yml may hold passwords: it is not taken over"
                )


def _rest(document: Document, keys: Sequence[str]) -> str:
    body = CommentedMap(version=VERSION)
    body.update((key, document.contents[key]) for key in keys)
    return project.written(body)


def _is_faq(document: Document) -> bool:
    """Whether a file holds questions of the FAQ and their answers, and no more."""
    items = document.contents.get("nlu") or []
    answers = document.contents.get("responses") or {}
    return (
        bool(items or answers)
        and {*document.contents} <= {"version", "nlu", "responses"}
        and all(str(one.get("intent", "")).startswith(phrasings.FAQ) for one in items)
        and all(str(name).startswith(domain.FAQ) for name in answers)
    )


def _text(bodies: Any) -> str:
    return " ".join(str(one.get("text") or "") for one in bodies)


def _offers(bodies: Any) -> bool:
    return any(one.get("buttons") or one.get("quick_replies") for one in bodies)
