"""How sure is a share that was counted? Wilson's interval, 95 %."""

import math
from dataclasses import dataclass

Z = 1.959964


@dataclass(frozen=True)
class Share:
    """So many of so many, and between which shares the true one likely lies."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """Return the share itself; there is none of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Return Wilson's interval."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.count / self.of, Z * Z / self.of
        middle = (share + spread / 2) / (1 + spread)
        part = share * (1 - share) / self.of + spread / (4 * self.of)
        reach = Z * math.sqrt(part) / (1 + spread)
        return max(middle - reach, 0.0), min(middle + reach, 1.0)

    def to_json(self) -> dict[str, object]:
        """Return the figures, rounded to a tenth of a per cent."""
        low, high = self.interval
        value = None if self.value is None else round(self.value, 3)
        return {
            "count": self.count,
            "of": self.of,
            "share": value,
            "low": round(low, 3),
            "high": round(high, 3),
        }

    def __str__(self) -> str:
        """Return the share and its interval in per cent."""
        if self.value is None:
            return "-"
        low, high = self.interval
        return f"{self.value * 100:.1f} ({low * 100:.1f}-{high * 100:.1f})"
