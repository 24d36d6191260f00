"""What the assistant said in the past: what the content says, or else the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.content import PREFIX, Content
from bot.demo.past.tongues import Tongue, Topic


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A sentence with what can be tapped below it: titles, and what each stands for."""

    text: str
    pairs: Sequence[tuple[str, str]]

    @property
    def titles(self) -> Sequence[str]:
        """Return what is shown."""
        return [title for title, _ in self.pairs]

    @property
    def payloads(self) -> Sequence[str]:
        """Return what a tap on each says to us."""
        return [payload for _, payload in self.pairs]

    def title(self, value: str) -> str:
        """Return what stands for a value of the slot that is asked for."""
        return next(title for title, payload in self.pairs if f"={value})" in payload)


@dataclass(frozen=True)
class Wording:
    """The assistant's sentences in one language."""

    tongue: Tongue
    content: Content

    def say(self, response: str, **values: object) -> str:
        """Return a response by its name, with its values filled in."""
        written = self.tongue.said.get(response)
        if written is None:
            first = self.content.responses.by_name[response][0]
            written = str(first.said["text"])
        return written.format(**values) if values else written

    def offer(self, response: str) -> Offer:
        """Return a response as it stands in the files of the language."""
        content, language = self.content, self.tongue.language
        spoken = content.spoken.get(language, content.responses)
        said = spoken.by_name[response][0].said
        taps = said.get("quick_replies") or ()
        pairs = [(one["title"], one["payload"]) for one in taps]
        return Offer(text=str(said["text"]), pairs=pairs)

    def choice(self, name: str) -> str:
        """Return what "something else" and "never mind" are called."""
        return self.tongue.said.get(name) or _CHOICES[name]

    def title(self, topic: Topic) -> str:
        """Return what a topic is called where customers choose."""
        if topic.title:
            return topic.title
        return self.titled(topic.intent or topic.name)

    def titled(self, intent: str) -> str:
        """Return what an intent is called."""
        known = {PREFIX + entry.name: entry.question for entry in self.content.faq}
        ours = {topic.intent: topic.title for topic in self.tongue.topics}
        if ours.get(intent) or intent in known:
            return ours.get(intent) or known[intent]
        started = self.content.flows.triggered_by(intent)
        return started[0].name if started else intent

    def answer(self, intent: str) -> str:
        """Return what is said to a question of the FAQ."""
        ours = {topic.intent: topic.answer for topic in self.tongue.topics}
        return ours.get(intent) or self.say(f"utter_{intent}")


_CHOICES: Mapping[str, str] = {
    "something_else": "Something else",
    "never_mind": "Never mind",
}
