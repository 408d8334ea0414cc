"""What the simulator does wrong on purpose, and when."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

KINDS = {
    "429": "too many calls, with Retry-After",
    "502": "bad gateway",
    "503": "unavailable, with an HTML body",
    "cut": "200 with half of the JSON",
    "html": "200 with an HTML page",
    "timeout": "an answer held back longer than anyone waits",
}


@dataclass(frozen=True)
class FaultPlan:
    """How often each kind of fault happens, as shares of all calls; none by default.

    `fail_after` answers 502 from that call on (the first is 1), `retry_after` are the seconds that
    a 429 names, `hold_seconds` how long a `timeout` holds an answer back.
    """

    rates: Mapping[str, float] = field(default_factory=dict)
    fail_after: int | None = None
    retry_after: int = 1
    hold_seconds: float = 120.0

    def fault_of(self, call: int, seed: int) -> str | None:
        """The kind of fault that call number `call` meets, the same for the same seed."""
        if self.fail_after is not None and call >= self.fail_after:
            return "502"
        drawn = random.Random(f"{seed}/{call}").random()
        for kind, rate in self.rates.items():
            if drawn < rate:
                return kind
            drawn -= rate
        return None


def parse_faults(specs: Iterable[str]) -> dict[str, float]:
    """Rates by kind from texts such as "429=0.05". Raises ValueError that says what is wrong."""
    rates: dict[str, float] = {}
    for spec in specs:
        kind, _, share = spec.partition("=")
        if kind not in KINDS or kind in rates:
            raise ValueError(f"fault {spec!r}: give KIND=RATE, each of {', '.join(KINDS)} once")
        rates[kind] = _rate(spec, share)
    if sum(rates.values()) > 1:
        raise ValueError(f"the rates of all faults together are {sum(rates.values()):g}, above 1")
    return rates


def _rate(spec: str, share: str) -> float:
    try:
        rate = float(share)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 1:
        raise ValueError(f"fault {spec!r}: the rate is a number from 0 to 1, such as 0.05")
    return rate
