"""What an editor is offered while they write: entries like theirs, and phrasings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot import curriculum
from bot.admin import chosen, likeness, masking, phrases, spelling
from bot.admin.chosen import Choice
from bot.admin.draft import LONGEST_PHRASING, Draft
from bot.admin.phrases import Place
from bot.content import PREFIX
from bot.rehearsal import meant, rehearse
from bot.store import faq, lessons
from bot.store.faq import Version
from bot.web.current import now, parts
from intents import rewriting
from intents.rephrasing import shares_a_word, stems

MOST_SIMILAR = 3
#: What the model ranks behind these is like nothing.
RANKED = 5
#: Phrasings of an entry that are compared: the spelling of a few tells.
COMPARED = 30
MOST_SAID = 8
READ = 3000  # messages
#: From this confidence on a question is taken for one that there is already.
LIKELY = 0.4
#: From this cosine on a message may ask the same, if it shares a word that matters;
#: and from the lower one if it has all words that matter. Of what is less alike most
#: is about something else: then rather nothing.
LIKE, NEAR = 0.3, 0.2


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """Phrasings to tick: chosen by customers, written by them, and by rule."""

    language: str
    chosen: Sequence[Choice]
    rewritten: Sequence[str]
    said: Sequence[str]

    @property
    def count(self) -> int:
        """Return how many there are in all."""
        return len(self.chosen) + len(self.rewritten) + len(self.said)


def similar(question: str, name: str | None) -> list[Place]:
    """Return where something like *question* stands already, the likeliest first."""
    if not question:
        return []
    with parts().database.read() as connection:
        entries = [e for e in faq.entries(connection) if e.deleted_at is None]
    others = {entry.name: entry for entry in entries if entry.name != name}
    ranked = _ranked(question)
    scores = _likeness(question, others, [*ranked][:RANKED])
    for intent, confidence in ranked.items():
        if confidence >= LIKELY:
            scores[intent] = max(scores.get(intent, 0.0), confidence)
    best = sorted(scores, key=lambda intent: (-scores[intent], intent))
    near = [intent for intent in best if scores[intent] >= likeness.ALIKE]
    places = [_place(intent, others) for intent in near]
    return [place for place in places if place is not None][:MOST_SIMILAR]


def _ranked(question: str) -> dict[str, float]:
    """Return what the live model takes a question for, and how surely."""
    parse = parts().understanding.assistants.reading(question).classify(question)
    return {one["name"]: one["confidence"] for one in parse["intent_ranking"]}


def _likeness(
    question: str, others: dict[str, Version], ranked: Sequence[str]
) -> dict[str, float]:
    """Return how like each entry reads: by its title, and of some by phrasings."""
    texts = [(PREFIX + entry.name, entry.question) for entry in others.values()]
    for intent in ranked:
        entry = others.get(intent.removeprefix(PREFIX))
        if entry is not None and intent.startswith(PREFIX):
            texts += [(intent, phrase) for phrase in entry.phrasings[:COMPARED]]
    found: dict[str, float] = {}
    alike = likeness.nearest([question], [text for _, text in texts])
    for (intent, _), share in zip(texts, alike, strict=True):
        found[intent] = max(found.get(intent, 0.0), share)
    return found


def _place(intent: str, others: dict[str, Version]) -> Place | None:
    """Return a question or a goal as a page names it; None if there is no such."""
    entry = others.get(intent.removeprefix(PREFIX))
    if intent.startswith(PREFIX):
        if entry is None:
            return None
        return Place(title=entry.question, entry=entry.name, intent=intent)
    return Place(title=phrases.titled(intent, parts().content.flows), intent=intent)


def proposals(
    draft: Draft, places: Mapping[str, Place], language: str, name: str | None = None
) -> Proposals:
    """Return phrasings of a language that a draft lacks and that stand nowhere else.

    *places* says where phrasings stand, and *name* is the draft's own entry. What the
    assistant takes for another question or goal by now is that one's.
    """
    asked = _asked(draft, language)
    known = {phrases.alike(text) for text in draft.phrasings}
    question = next(iter(asked), "")
    known_words = _written(draft, asked[:1], language)
    taken = known | {*places}
    choices = chosen.of_entry(name, language, taken) if name else []
    taken |= {phrases.alike(one.phrase) for one in choices}
    rewritten = rewriting.ways(language, question, draft.phrasings) if asked else []
    if question and phrases.alike(question) not in known:
        rewritten = [question, *rewritten]
    return Proposals(
        language=language,
        chosen=choices,
        rewritten=[
            text
            for text in rewritten
            if phrases.alike(text) not in taken
            and not _is_anothers(text, name)
            and spelling.put_right(text, spelling.words(asked), known_words) == text
        ],
        said=_said(asked, taken, language, known_words),
    )


def _written(draft: Draft, asked: Sequence[str], language: str) -> frozenset[str]:
    """Return the words that the shop writes itself: these are spelt well."""
    said = parts().understanding.assistants.speaking(language).responses.by_name
    answers = [str(way.said.get("text", "")) for ways in said.values() for way in ways]
    with parts().database.read() as connection:
        entries = faq.entries(connection)
    own = parts().content.language == language
    titles = [e.question if own else e.titles.get(language, "") for e in entries]
    mine = draft.answer if own else draft.answers.get(language, "")
    return spelling.words([*answers, *titles, *asked, mine])


def language_of(draft: Draft, wanted: str = "") -> str:
    """Return the language to propose in: the one wanted, or that of most phrasings."""
    content = parts().content
    if wanted in content.languages:
        return wanted
    of_each = [one for one, _ in curriculum.apart(draft.phrasings, content.identifier)]
    return max(content.languages, key=of_each.count)


def _asked(draft: Draft, language: str) -> list[str]:
    """Return how a draft is asked in a language, by its title first."""
    content = parts().content
    own = draft.question if language == content.language else ""
    title = draft.titles.get(language) or own
    of_each = curriculum.apart(draft.phrasings, content.identifier)
    texts = [title, *(text for one, text in of_each if one == language)]
    return [text for text in texts if text]


def _said(
    asked: Sequence[str], known: set[str], language: str, written: frozenset[str]
) -> list[str]:
    """Return what customers wrote that asks the same, without what is private.

    What is mistyped is put right, towards the words that are asked with.
    """
    meant = spelling.words(asked) & written
    with parts().database.read() as connection:
        rows = lessons.said_by(connection, READ)
    patterns = masking.patterns(parts().content.phrasings)
    identify = parts().content.identifier.identify
    once: dict[str, str] = {}
    for row in rows if asked else ():
        if identify(row.text).language != language:
            continue
        phrase = masking.for_phrasing(row.text, row.name, patterns).text
        phrase = spelling.put_right(phrase, meant, written)
        if 0 < len(phrase) <= LONGEST_PHRASING and phrases.alike(phrase) not in known:
            once.setdefault(phrases.alike(phrase), phrase)
    texts = [*once.values()]
    alike = likeness.nearest(asked, texts)
    best = sorted(range(len(texts)), key=lambda at: (-alike[at], at))
    near = [texts[at] for at in best if _asks_the_same(texts[at], asked, alike[at])]
    spelt = spelling.well_spelt(near[: 3 * MOST_SAID], written)
    return [*islice((one for one in spelt if not _means_another(one)), MOST_SAID)]


def _asks_the_same(text: str, asked: Sequence[str], alike: float) -> bool:
    """Return whether a text may ask the same: it is like it, or has all its words."""
    if alike >= LIKE:
        return shares_a_word(text, asked)
    words = [stems([one]) for one in asked]
    return alike >= NEAR and any(one and one <= stems([text]) for one in words)


def _means_another(text: str) -> bool:
    """Return whether a message has an answer already, or asks for a person."""
    found = meant(rehearse(text, parts().understanding.assistants, now()))
    return found.wish is not None or found.intent is not None


def _is_anothers(text: str, own: str | None) -> bool:
    """Return whether a text surely is about something else than the entry *own*.

    As surely as an answer takes: a goal may be begun on less, and a phrasing that is
    proposed may be wanted for just that.
    """
    reading = parts().understanding.assistants.reading(text)
    found = reading.classify(text)["intent"]
    sure = float(found["confidence"]) >= reading.model.thresholds["answer"]
    return sure and found["name"] != (PREFIX + own if own else None)
