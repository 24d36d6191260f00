"""Tell one conversation, word by word, as time goes by in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.demo.past.story import Deed, Line, Marked, Remark, Story, Understood
from bot.demo.past.wording import Offer, Wording
from bot.store.models import Author, Status
from bot.store.teamwork import ActKind
from bot.summary import LAST_WORDS

SECOND = timedelta(seconds=1)
#: What stays known of a hand-over while a colleague has it.
KNOWN = ("reason", "summary", "fetched_at")
#: What a choice below the notice that a person comes withdraws.
NEVER_MIND = "never_mind"


class Telling:
    """A conversation that is being told; its time goes forward only."""

    def __init__(
        self, wording: Wording, chance: Random, began: datetime, name: str
    ) -> None:
        self.wording = wording
        self.name = name
        self.first = name.split()[0]
        self.chance = chance
        self.at = began
        self.lines: list[Line] = []
        self.deeds: list[Deed] = []
        self.remarks: list[Remark] = []
        self.labels: list[str] = []
        self.now: dict[str, Any] = {"status": Status.BOT, "status_at": began}
        self.changes = 0
        self.marked: Marked | None = None

    def wait(self, least: float, most: float) -> None:
        """Let so many seconds go by."""
        self.at += SECOND * round(self.chance.uniform(least, most), 3)

    def customer(self, text: str, understood: Understood) -> None:
        """Let the customer write or tap, and be understood."""
        if self.lines:
            self.wait(8, 90)
        self._say(Author.CUSTOMER, text, understood=understood)

    def assistant(
        self,
        text: str,
        purpose: str = "answer",
        taps: Sequence[str] = (),
        payloads: Sequence[str] = (),
    ) -> None:
        """Let the assistant speak; its first words tell what it is."""
        if not any(line.author is Author.BOT for line in self.lines):
            text = f"{self.wording.say('utter_disclosure')}\n\n{text}"
        self.wait(0.6, 1.8)
        self._say(Author.BOT, text, purpose=purpose, taps=taps, payloads=payloads)

    def begin(self, offer: Offer, understood: Understood) -> None:
        """Let the assistant ask something by itself."""
        taps = {"taps": offer.titles, "payloads": offer.payloads}
        read = replace(understood, offers=offer.pairs)
        self._say(Author.BOT, offer.text, purpose="question", understood=read, **taps)

    def agent(self, by: str, text: str) -> None:
        """Let a colleague write to the customer."""
        self.wait(40, 200)
        self._say(Author.AGENT, text, by=by)

    def elsewhere(self, text: str) -> None:
        """Let somebody answer in another app."""
        self.wait(60, 900)
        self._say(Author.ELSEWHERE, text)

    def hand_over(self, reason: str, notice: str) -> None:
        """Let the assistant fetch a person, and say so."""
        words, heard_at = self.lines[-1].text, self.lines[-1].at
        self.assistant(notice, "handoff_notice", taps=[self.wording.choice(NEVER_MIND)])
        self.turn_to(
            Status.WAITING,
            waiting_since=self.at,
            reason=reason,
            summary=f"{LAST_WORDS}“{words}”",
            fetched_at=heard_at,
        )

    def nobody_yet(self, after: timedelta) -> None:
        """Let the customer be told that nobody has come in time."""
        self.at = max(self.at, self.now["waiting_since"] + after)
        self.assistant(self.wording.say("utter_nobody_yet"), "handoff_notice")
        self.now["overdue_at"] = self.at

    def take(self, by: str) -> None:
        """Let a colleague claim the conversation."""
        self.deed(ActKind.CLAIMED, by)
        known = {name: self.now.get(name) for name in KNOWN}
        self.turn_to(Status.AGENT, assignee=by, **known)

    def end(self, by: str, kind: ActKind) -> None:
        """Let a colleague resolve the conversation, or give it back."""
        self.wait(60, 600)
        self.deed(kind, by)
        resolved = {"resolved_at": self.at} if kind is ActKind.RESOLVED else {}
        self.turn_to(Status.BOT, **resolved)

    def rate(self, score: str, reason: str | None) -> None:
        """Let the customer mark what was done; it is resolved no longer then."""
        if self.marked is None:
            raise LookupError("nobody was asked")
        self.marked = replace(
            self.marked, score=score, reason=reason, answered_at=self.at
        )
        self.deed(ActKind.RATED, None, score=score, reason=reason)
        self.now.pop("resolved_at", None)

    def turn_to(self, status: Status, **now: Any) -> None:
        """Change who answers."""
        self.changes += 1
        self.now = {"status": status, "status_at": self.at, **now}

    def deed(self, kind: ActKind, by: str | None, **details: Any) -> None:
        """Let somebody do something other than write."""
        self.deeds.append(Deed(at=self.at, kind=kind, by=by, details=details))

    def remark(self, by: str, text: str, calls: Sequence[str] = ()) -> None:
        """Let a colleague leave a note."""
        self.wait(20, 120)
        self.remarks.append(Remark(at=self.at, by=by, text=text, calls=calls))

    def mark_wrong(self, by: str) -> None:
        """Let a colleague say that the first answer was wrong."""
        first = self.lines[0]
        if first.understood is not None:
            marked = replace(first.understood, mark=(by, "wrong"))
            self.lines[0] = replace(first, understood=marked)

    def story(self, psid: str, kind: str) -> Story:
        """Return what was told."""
        return Story(
            psid=psid,
            name=self.name,
            kind=kind,
            language=self.wording.tongue.language,
            locale=self.wording.tongue.locale,
            lines=tuple(self.lines),
            deeds=tuple(self.deeds),
            remarks=tuple(self.remarks),
            labels=tuple(dict.fromkeys(self.labels)),
            changes=self.changes,
            marked=self.marked,
            **self.now,
        )

    def _say(self, author: Author, text: str, **more: Any) -> None:
        self.lines.append(Line(at=self.at, author=author, text=text, **more))
