"""What a collector was told: the part of the world's diary that it could have known."""

from collections.abc import Sequence
from datetime import date

from ingest.simulator.entry import Entry


class Answers:
    """By ad: the days on which it was answered, with the version (`LivingEntry.version`) of each."""

    def __init__(self) -> None:
        self.by_ad: dict[str, list[tuple[date, int]]] = {}

    def keep(self, today: date, shown: Sequence[Entry]) -> None:
        """An ad that is answered again on the same day still counts once."""
        for entry in shown:
            answered = self.by_ad.setdefault(entry.ad_id, [])
            if not answered or answered[-1][0] != today:
                answered.append((today, entry.version))
