"""What an editor is offered while they write: entries like theirs, and phrasings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot import tongue
from bot.admin import chosen, likeness, masking, phrases, spelling, tongues
from bot.admin.chosen import Choice
from bot.admin.draft import LONGEST_PHRASING, Draft
from bot.admin.phrases import Place
from bot.content import PREFIX
from bot.rehearsal import rehearse, surely_meant
from bot.store import faq, lessons
from bot.store.faq import Version
from bot.web.current import now, parts
from intents import rewriting
from intents.rephrasing import stems

MOST_SIMILAR = 3
#: What the model ranks behind these is like nothing.
RANKED = 5
#: Phrasings of an entry that are compared: the spelling of a few tells.
COMPARED = 30
MOST_SAID = 8
MOST_REWRITTEN = 24
#: So many of its questions in a language are put otherwise.
REWRITTEN = 12
READ = 3000  # messages
#: From this confidence on a question is taken for one that there is already.
LIKELY = 0.4
#: From this cosine on a message may ask the same, if it shares a word that matters;
#: and from the lower one if it has all words that matter. Of what is less alike most
#: is about something else: then rather nothing.
LIKE, NEAR = 0.3, 0.2
#: So many words that matter it then has in common with one of the ways to ask.
SHARED = 2


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """Phrasings to tick: chosen by customers, written by them, and by rule."""

    language: str
    #: Whether the draft asks anything in it: rules need a question.
    is_asked: bool
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
    texts = [
        (PREFIX + entry.name, title)
        for entry in others.values()
        for title in dict.fromkeys([entry.question, *entry.titles.values()])
    ]
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
        return Place(
            title=entry.title(tongue.spoken()), entry=entry.name, intent=intent
        )
    return Place(title=phrases.titled(intent), intent=intent)


def proposals(
    draft: Draft, places: Mapping[str, Place], language: str, name: str | None = None
) -> Proposals:
    """Return phrasings of a language that a draft lacks and that stand nowhere else.

    *places* says where phrasings stand, and *name* is the draft's own entry. What the
    assistant takes for another question or goal by now is that one's.
    """
    asked = _asked(draft, language)
    taken = {*map(phrases.alike, draft.phrasings), *places}
    choices = chosen.of_entry(name, language, taken) if name else []
    taken |= {phrases.alike(one.phrase) for one in choices}
    written = _written(draft, asked[:1], language)
    fresh = (
        text
        for text in _rewritten(draft, asked, language, written)
        if phrases.alike(text) not in taken and not _is_anothers(text, name)
    )
    return Proposals(
        language=language,
        is_asked=bool(asked),
        chosen=choices,
        rewritten=[*islice(phrases.once(fresh), MOST_REWRITTEN)],
        said=_said(asked, taken, language, written),
    )


def _rewritten(
    draft: Draft, asked: Sequence[str], language: str, written: frozenset[str]
) -> Iterator[str]:
    """Yield other ways to ask a draft by rule: of its title first, then of phrasings.

    What is only put otherwise may be mistyped, as customers do: that is left out.
    """
    answer = draft.answer if language == parts().content.language else ""
    answers = draft.answers.get(language) or answer or " ".join(draft.written)
    yield from asked[:1]
    words = spelling.words(asked)
    for question in asked[:REWRITTEN]:
        yield from rewriting.sides(language, question, draft.phrasings, answers)
        for text in rewriting.ways(language, question, draft.phrasings):
            if spelling.put_right(text, words, written) == text:
                yield text


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


def language_of(wanted: str = "") -> str:
    """Return the language to propose in: the one wanted, or the reader's."""
    return wanted if wanted in parts().content.languages else tongues.first()


def _asked(draft: Draft, language: str) -> list[str]:
    """Return how a draft is asked in a language, by its title first."""
    own = draft.own_question if language == parts().content.language else ""
    title = draft.titles.get(language) or own
    texts = [title, *tongues.of_language(draft.phrasings, language)]
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
    """Return whether a text may ask the same: it is like it, or has all its words.

    One word in common tells too little: "do you take paypal", "do you take old vinyl".
    """
    if " " not in text:  # tells no words apart: then nothing is known
        return alike >= LIKE
    said, words = stems([text]), [stems([one]) for one in asked]
    if alike >= LIKE:
        return any(len(one & said) >= min(SHARED, len(one)) > 0 for one in words)
    return alike >= NEAR and any(one and one <= said for one in words)


def _means_another(text: str) -> bool:
    """Return whether a message has an answer already, or asks for a person."""
    found = surely_meant(rehearse(text, parts().understanding.assistants, now()))
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
