"""What an employer posts: the part of an ad that its copies in other towns share."""

import random
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ingest.adzuna.categories import UNKNOWN
from ingest.simulator.lives import LIFETIMES
from ingest.simulator.oddities import spoil_text
from ingest.simulator.pay import draw_pay, raised
from ingest.simulator.phrases import ENGLISH_TRADES, FRENCH_TRADES
from ingest.simulator.phrases.trade import Trade
from ingest.simulator.phrases.voices import ENGLISH, FRENCH
from ingest.simulator.wording import pick_sector, write_employer, write_text, write_title

ENGLISH_SHARE = 0.11
UNKNOWN_CATEGORY_SHARE = 0.6
EDIT_SHARE = 0.02  # of the living ads, every day
# What (contract_type, contract_time) were in 2,632 real ads.
CONTRACTS = {
    (None, None): 1313,
    (None, "full_time"): 512,
    ("permanent", None): 351,
    ("contract", None): 319,
    ("contract", "full_time"): 48,
    ("permanent", "full_time"): 47,
    (None, "part_time"): 41,
    ("permanent", "part_time"): 1,
}
_CONTRACT_WEIGHTS = tuple(accumulate(CONTRACTS.values()))
# The real pulls hold more of computing and care than of the other trades.
_FAVOURED = {"it-jobs": 3, "healthcare-nursing-jobs": 2}
_TRADE_WEIGHTS = tuple(accumulate(_FAVOURED.get(trade.category, 1) for trade in FRENCH_TRADES))


@dataclass(frozen=True)
class Posting:
    """The shared fields as they stand at an age."""

    title: str
    company: str
    description: str  # as Adzuna cuts it
    whole_text: str
    category: str  # Adzuna's tag, often unknown
    trade: str  # Adzuna's tag
    contract_type: str | None
    contract_time: str | None
    pay: dict  # salary_min, salary_max, salary_is_predicted


@dataclass(frozen=True)
class Edit:
    age: int  # days, from which on it is read
    what: str  # title, text or pay


class Draft:
    """The posting of `key` by an employer of the town `home`, as read in `town`, with its edits.

    All draws come in one order from `key`, the edits last, so that a day more changes nothing but
    what that day's edit changes. The text, which takes most of the time, is drawn when it is needed.
    """

    def __init__(self, key: str, home: str, town: str) -> None:
        rng = random.Random(f"{key}/posting")
        self._town = town
        self._trade = _draw_trade(rng)
        self._job = rng.choice(self._trade.titles)
        self._sector = pick_sector(rng, self._trade)
        self._employer, self.company = write_employer(rng, self._sector, home)
        self._title = write_title(rng, self._trade, self._job)
        self._pay = draw_pay(rng, self._trade)
        known = rng.random() >= UNKNOWN_CATEGORY_SHARE
        self.category = self._trade.category if known else UNKNOWN
        contract = rng.choices(tuple(CONTRACTS), cum_weights=_CONTRACT_WEIGHTS)[0]
        self.contract_type, self.contract_time = contract
        self._rng: random.Random | None = rng

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All that come within the longest life."""
        return self._written[3]

    def edits_until(self, age: int) -> int:
        """How many have come by then."""
        return sum(edit.age <= age for edit in self.edits)

    def at(self, age: int) -> Posting:
        """The posting as it is read at `age` days."""
        text, damage, news, edits = self._written
        done = Counter(edit.what for edit in edits if edit.age <= age)
        title = self._title
        if done["title"] % 2:  # every second edit takes the first one back
            title += " - Urgent"
        if done["text"]:
            text = f"{news[done['text'] % len(news)]} {text}"
        return Posting(
            title=title,
            company=self.company,
            description=spoil_text(random.Random(damage), text),
            whole_text=text,
            category=self.category,
            trade=self._trade.category,
            contract_type=self.contract_type,
            contract_time=self.contract_time,
            pay=raised(self._pay, done["pay"]) if done["pay"] else self._pay,
        )

    @cached_property
    def _written(self) -> tuple[str, int, tuple[str, ...], tuple[Edit, ...]]:
        rng, self._rng = self._rng, None
        text = write_text(rng, self._trade, self._job, self._town, self._employer, self._sector)
        damage = rng.getrandbits(64)
        news = (ENGLISH if self._trade.is_english else FRENCH).news
        first = rng.randrange(len(news))
        edits = _edits(rng, "pay" if "salary_min" in self._pay else "text")
        return text, damage, (*news[first:], *news[:first]), edits


def _draw_trade(rng: random.Random) -> Trade:
    if rng.random() < ENGLISH_SHARE:
        return rng.choice(ENGLISH_TRADES)
    return rng.choices(FRENCH_TRADES, cum_weights=_TRADE_WEIGHTS)[0]


def _edits(rng: random.Random, third: str) -> tuple[Edit, ...]:
    kinds = ("title", "text", third)
    return tuple(
        Edit(age, rng.choice(kinds))
        for age in range(1, LIFETIMES[1] + 1)
        if rng.random() < EDIT_SHARE
    )
