"""Precision, recall and F1, and the misses behind them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

WORST = 12  # misses that are shown of each set


@dataclass
class Score:
    """`found` counts what the warehouse says, `true` what people read, `both` where they agree."""

    name: str
    found: int = 0
    true: int = 0
    both: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, ad_id: str, said: object, read: object) -> None:
        """One value of an ad; None is none."""
        self.found += said is not None
        self.true += read is not None
        if said == read:
            self.both += said is not None
        else:
            self.misses.append(f"{ad_id}: {_shown(said)}, read as {_shown(read)}")

    def lines(self) -> Iterator[str]:
        yield (
            f"{self.name:<22} precision {self.precision:.3f}  recall {self.recall:.3f}"
            f"  F1 {self.f1:.3f}   ({self.both:,} of {self.found:,} said, {self.true:,} read)"
        )
        for miss in self.misses[:WORST]:
            yield f"    {miss}"
        if len(self.misses) > WORST:
            yield f"    and {len(self.misses) - WORST} more"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
