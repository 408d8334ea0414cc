"""What an employer posts: the part of an ad that its copies in other towns share."""

import random
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from ingest.simulator.categories import UNKNOWN
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
    """The shared fields as they stand on a day."""

    title: str
    company: str
    description: str
    category: str  # Adzuna's tag
    contract_type: str | None
    contract_time: str | None
    pay: dict  # salary_min, salary_max, salary_is_predicted


def write_posting(key: str, home: str, town: str, age: int) -> Posting:
    """The posting of `key` by an employer of the town `home`, as read in `town` at `age` days.

    All draws come in one order from `key`, the edits last, so that a day more changes nothing
    but what that day's edit changes.
    """
    rng = random.Random(f"{key}/posting")
    trade = _draw_trade(rng)
    job = rng.choice(trade.titles)
    sector = pick_sector(rng, trade)
    employer, spelt = write_employer(rng, sector, home)
    title = write_title(rng, trade, job)
    pay = draw_pay(rng, trade)
    category = trade.category if rng.random() >= UNKNOWN_CATEGORY_SHARE else UNKNOWN
    contract = rng.choices(tuple(CONTRACTS), cum_weights=_CONTRACT_WEIGHTS)[0]
    text = write_text(rng, trade, job, town, employer, sector)
    damage = random.Random(rng.getrandbits(64))
    news = (ENGLISH if trade.is_english else FRENCH).news
    first_news = rng.randrange(len(news))
    edits = _edits(rng, age, "pay" if "salary_min" in pay else "text")
    if edits["title"] % 2:  # every second edit takes the first one back
        title += " - Urgent"
    if edits["text"]:
        text = f"{news[(first_news + edits['text']) % len(news)]} {text}"
    return Posting(
        title=title,
        company=spelt,
        description=spoil_text(damage, text),
        category=category,
        contract_type=contract[0],
        contract_time=contract[1],
        pay=raised(pay, edits["pay"]) if edits["pay"] else pay,
    )


def _draw_trade(rng: random.Random) -> Trade:
    if rng.random() < ENGLISH_SHARE:
        return rng.choice(ENGLISH_TRADES)
    return rng.choices(FRENCH_TRADES, cum_weights=_TRADE_WEIGHTS)[0]


def _edits(rng: random.Random, age: int, third: str) -> Counter[str]:
    kinds = ("title", "text", third)
    return Counter(rng.choice(kinds) for _ in range(age) if rng.random() < EDIT_SHARE)
