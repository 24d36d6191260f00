"""What the assistant said in the past: what the content says, or else the files."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content import PREFIX, Content
from bot.demo.past.tongues import Tongue, Topic


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
