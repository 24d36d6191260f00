"""What time is it on this Messenger? The machine's time, moved as far as you like."""

from datetime import UTC, datetime, timedelta

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)


class Clock:
    """Runs at the machine's pace from wherever somebody set it."""

    def __init__(self) -> None:
        self._moved = timedelta()

    def now(self) -> datetime:
        """Return the emulator's time, aware and in UTC."""
        return datetime.now(UTC) + self._moved

    def set(self, moment: datetime) -> None:
        """Let it be *moment* now; ValueError if nobody could mean that."""
        if not FIRST <= moment < LAST:
            raise ValueError("the clock goes from 1970 to 2999")
        self._moved = moment - datetime.now(UTC)

    def advance(self, by: timedelta) -> None:
        """Let *by* pass in an instant; back, if it is negative."""
        try:
            self.set(self.now() + by)
        except OverflowError as too_far:
            raise ValueError("the clock does not go that far") from too_far


def milliseconds(moment: datetime) -> int:
    """Return *moment* as Messenger writes it into webhooks."""
    return int(moment.timestamp() * 1000)


def written(moment: datetime) -> str:
    """Return *moment* in ISO 8601, UTC, to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
