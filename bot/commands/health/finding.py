"""One thing that was looked at: is it well, and what to do if it is not?"""

from dataclasses import dataclass

from bot.shop.orders import Diagnosis


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing about this machine; *cure* says what to do if it is not well."""

    name: str
    well: bool
    said: str
    cure: str = ""
    #: What to look at, though nothing is wrong.
    notes: tuple[str, ...] = ()


def of_shop(name: str, seen: Diagnosis) -> Finding:
    """Return what a shop on the network showed, as a finding."""
    return Finding(
        name=name, well=seen.well, said=seen.said, cure=seen.cure, notes=seen.notes
    )
