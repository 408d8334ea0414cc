"""The lives that the warehouse tells, held against the simulator's own diary."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from psycopg2.extensions import connection as Connection

from core.database import transaction
from ingest.simulator import Answers, Diary
from ingest.simulator.lives import Life, life_of
from year.stays import Sightings, Stay, Sweeps

DAY = timedelta(days=1)
KEPT_EXAMPLES = 3


@dataclass
class Verdict:
    """How many were looked at, how many were right, and some that were not."""

    looked_at: int = 0
    right: int = 0
    examples: list[str] = field(default_factory=list)

    def judge(self, is_right: bool, example: str) -> None:
        self.looked_at += 1
        self.right += is_right
        if not is_right and len(self.examples) < KEPT_EXAMPLES:
            self.examples.append(example)

    def __str__(self) -> str:
        share = 100 * self.right / self.looked_at if self.looked_at else 100
        wrong = "".join(f"\n      {example}" for example in self.examples)
        return f"{self.right:,} of {self.looked_at:,} ({share:.3f} %){wrong}"


Verdicts = Mapping[str, Verdict]
# The night of each version of an ad, and the fields that it changed.
Versions = list[tuple[date, frozenset[str]]]

_VERSIONS = """
with versions as (
    select
        ads.ad_id, ads.ad_key, batches.batch_date, ads.payload,
        lag(ads.payload) over (partition by ads.job_id order by ads.ad_key) as payload_before
    from raw.ads
    inner join ops.batches on ads.batch_id = batches.batch_id
    where ads.ad_id is not null
)
select ad_id, batch_date, array_remove(array[
    case when payload -> 'title' is distinct from payload_before -> 'title' then 'title' end,
    case when payload -> 'description' is distinct from payload_before -> 'description'
        then 'description' end,
    case when payload -> 'salary_min' is distinct from payload_before -> 'salary_min'
        then 'salary_min' end,
    case when payload -> 'salary_max' is distinct from payload_before -> 'salary_max'
        then 'salary_max' end
], null)
from versions
order by ad_key
"""


def versions_in_raw(connection: Connection) -> dict[str, Versions]:
    """By ad id. Ads without one, which nobody can follow, are left out."""
    found: dict[str, Versions] = defaultdict(list)
    with transaction(connection) as cursor:
        cursor.execute(_VERSIONS)
        for ad_id, day, fields in cursor:
            found[ad_id].append((day, frozenset(fields)))
    return dict(found)


def judge_versions(
    recorded: Mapping[str, Versions], answers: Answers, diary: Diary, night_one: date
) -> Verdicts:
    """Every ad that was answered is in `raw` from that night on, and every change that was answered
    from that night on, with the fields that the diary says."""
    verdicts: dict[str, Verdict] = defaultdict(Verdict)
    for ad_id, answered in answers.by_ad.items():
        versions = recorded.get(ad_id)
        if versions is None:
            has_id = isinstance(diary.script_of(ad_id).ad_on(night_one), dict)
            verdicts["ads without an id, not followed"].judge(not has_id, ad_id)
            continue
        expected, written = list(_changes(answered)), [night for night, _ in versions]
        _compare(verdicts["first seen"], ad_id, written[:1], expected[:1])
        if len(expected) > 1 or len(written) > 1:
            _compare(verdicts["changes"], ad_id, written[1:], expected[1:])
        for (before, _), (after, fields) in pairwise(versions):
            changed = diary.changed_fields(ad_id, before, after)
            _compare(verdicts["what changed"], f"{ad_id} on {after}", fields, changed)
    for ad_id in recorded.keys() - answers.by_ad.keys():
        verdicts["in raw without an answer"].judge(False, ad_id)
    return verdicts


def _changes(answered: Sequence[tuple[date, int]]) -> Iterator[date]:
    """The nights that showed another content than the night before them."""
    before = None
    for night, version in answered:
        if version != before:
            yield night
        before = version


def _compare(verdict: Verdict, what: str, told: object, true: object) -> None:
    verdict.judge(told == true, f"{what}: {told} instead of {true}")


def judge_same(told: Mapping[str, list[Stay]], true: Mapping[str, list[Stay]]) -> Verdicts:
    verdict = Verdict()
    for job_id in told.keys() | true.keys():
        _compare(verdict, job_id, told.get(job_id), true.get(job_id))
    return {"stays by the rule": verdict}


def judge_stays(
    told: Iterable[tuple[str, str, list[Stay]]],
    sightings: Mapping[str, Sightings],
    sweeps: Mapping[int, Sweeps],
    days: Mapping[int, date],
    seed: int,
) -> Verdicts:
    """Vanished, returned and closed of every ad: `told` gives job_id, ad id and stays, `days` are the
    dates of the batches."""
    judge = _Judge(sweeps, days)
    for job_id, ad_id, stays in told:
        life = life_of(ad_id, seed)
        for stay in stays:
            judge.vanishing(ad_id, life, stay)
        for before, stay in pairwise(stays):
            judge.returning(ad_id, life, before, stay)
        judge.closing(ad_id, life, stays[-1], sightings[job_id])
    return judge.verdicts


class _Judge:
    def __init__(self, sweeps: Mapping[int, Sweeps], days: Mapping[int, date]):
        self._sweeps = sweeps
        self._days = days
        self._batches = sorted(days)
        self._dates = [days[batch_id] for batch_id in self._batches]
        self.verdicts: dict[str, Verdict] = defaultdict(Verdict)

    def vanishing(self, ad_id: str, life: Life, stay: Stay) -> None:
        if stay.vanished is not None:
            self.verdicts["vanished while it was away or gone"].judge(
                self._was_away(life, stay.last_seen, stay.vanished),
                f"{ad_id} vanished on {self._days[stay.vanished]} and was there: {life}",
            )
        if stay.closed is not None:
            self.verdicts["closed after its last day"].judge(
                self._days[stay.closed] > life.last_day,
                f"{ad_id} closed on {self._days[stay.closed]}, its last day is {life.last_day}",
            )

    def returning(self, ad_id: str, life: Life, before: Stay, stay: Stay) -> None:
        self.verdicts["returned after days away"].judge(
            before.vanished is not None
            and before.vanished <= stay.first_seen
            and self._was_away(life, before.last_seen, stay.first_seen),
            f"{ad_id} returned on {self._days[stay.first_seen]}: {life}",
        )

    def closing(self, ad_id: str, life: Life, stay: Stay, sightings: Sightings) -> None:
        """At most two sweeps after it went, of any search that showed it."""
        gone_in = bisect_right(self._dates, life.last_day)
        if gone_in == len(self._batches):
            return
        last_there = self._batches[gone_in - 1]
        ends = [
            self._sweeps[search_id].ends_after(last_there)
            for search_id in sightings.first_by_search
            if search_id in self._sweeps
        ]
        latest = min((two[1] for two in ends if len(two) == 2), default=None)
        if latest is None:
            return
        self.verdicts["closed by the second sweep after it went"].judge(
            stay.closed is not None and stay.closed <= latest,
            f"{ad_id}, gone after {life.last_day}: {stay}, due by {self._days[latest]}",
        )

    def _was_away(self, life: Life, after: int, until: int) -> bool:
        """On any day behind the one batch, up to the other."""
        span = (self._days[until] - self._days[after]).days
        days = (self._days[after] + number * DAY for number in range(1, span + 1))
        return not all(life.is_there_on(day) for day in days)
