"""Wall time: what the clock on the wall of a venue shows, and when that is.

Twice a year a wall clock jumps. A time that it skips is taken as that much later,
as people do who oversleep it; of a time that it shows twice, the first counts.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def moment(wall: datetime, zone: str) -> datetime:
    """Return the moment in UTC at which the wall clock of *zone* shows *wall*."""
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def days_before(wall: datetime, zone: str, days: int) -> datetime:
    """Return the same wall time some days earlier; not always 24 hours a day."""
    return moment(wall - timedelta(days=days), zone)
