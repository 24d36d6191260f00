"""What an FAQ entry has beside its text: buttons, a picture, days on which it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a tap on a button does."""

    WEB = "web"
    PHONE = "phone"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button below an answer; *target* is an address, a number or an entry's name."""

    kind: Kind
    title: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Extras:
    """All of it; days are as ISO 8601 writes them, and empty where there is none.

    The image is the name of a kept picture, or an address.
    """

    buttons: tuple[Button, ...] = ()
    image: str = ""
    since: str = ""
    until: str = ""

    def holds_on(self, day: date) -> bool:
        """Return whether the entry is answered on *day*; both ends count."""
        written = day.isoformat()
        return self.since <= written and (not self.until or written <= self.until)

    def to_json(self) -> dict[str, Any]:
        """Return it as the table keeps it."""
        buttons = [
            {"kind": one.kind.value, "title": one.title, "target": one.target}
            for one in self.buttons
        ]
        days = {"since": self.since, "until": self.until}
        return {"buttons": buttons, "image": self.image, **days}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> "Extras":
        """Return what the table kept; older versions have nothing."""
        if not kept:
            return cls()
        buttons = tuple(
            Button(kind=Kind(one["kind"]), title=one["title"], target=one["target"])
            for one in kept["buttons"]
        )
        days = {"since": kept["since"], "until": kept["until"]}
        return cls(buttons=buttons, image=kept["image"], **days)
