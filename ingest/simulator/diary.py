"""The world's own diary: what became of an ad. It needs no memory, because the id tells the life."""

from dataclasses import dataclass
from datetime import date, timedelta

from ingest.simulator.lives import life_of
from ingest.simulator.script import Script

CHANGING = ("title", "description", "salary_min", "salary_max")


@dataclass(frozen=True)
class Story:
    """`edits`: the days on which something of the ad was written anew, and what (title, text, pay)."""

    first_day: date
    last_day: date
    days_away: frozenset[date]
    edits: tuple[tuple[date, str], ...]


class Diary:
    """The diary of the world of `seed`. The ids are those of its ads: any other number tells a life
    that nobody saw."""

    def __init__(self, seed: int, *, back_dates: bool = False) -> None:
        self._seed = seed
        self._back_dates = back_dates

    def script_of(self, ad_id: str) -> Script:
        return Script(life_of(ad_id, self._seed), back_dates=self._back_dates)

    def story_of(self, ad_id: str) -> Story:
        script = self.script_of(ad_id)
        life = script.life
        edits = [
            (life.first_day + timedelta(days=edit.age), edit.what) for edit in script.draft.edits
        ]
        return Story(
            first_day=life.first_day,
            last_day=life.last_day,
            days_away=frozenset(life.first_day + timedelta(days=age) for age in life.away),
            edits=tuple(edit for edit in edits if edit[0] <= life.last_day),
        )

    def changed_fields(self, ad_id: str, before: date, after: date) -> frozenset[str]:
        """The fields of the raw ad that read otherwise on the second day than on the first; none of
        what is no object."""
        script = self.script_of(ad_id)
        old, new = script.ad_on(before), script.ad_on(after)
        if not isinstance(old, dict):
            return frozenset()
        return frozenset(field for field in CHANGING if old.get(field) != new.get(field))
