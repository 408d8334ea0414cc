"""One ad's whole script: where it is, when it was created, and what it says at every age."""

import random
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from ingest.adzuna.categories import category
from ingest.simulator.lives import Life
from ingest.simulator.oddities import draw_mishap
from ingest.simulator.places import draw_place
from ingest.simulator.posting import Draft

OLD_SHARE, VERY_OLD_SHARE = 0.06, 0.015  # dated back up to one year, up to four years


class Script:
    """An ad of the world, a pure function of its life.

    `back_dates` False leaves out the ads that are dated back: every ad is then created within the
    24 hours before its first day. So what appears is new, as a collector that asks for new ads has
    to assume.
    """

    def __init__(self, life: Life, *, back_dates: bool = True) -> None:
        own = random.Random(life.key)
        self.life = life
        self._town, self.place = draw_place(own)
        self.created = _created(own, life.first_day, back_dates)
        self.mishap = draw_mishap(own)

    @cached_property
    def draft(self) -> Draft:
        life = self.life
        is_leader = life.posting == life.key
        home = self._town if is_leader else draw_place(random.Random(life.posting))[0]
        return Draft(life.posting, home, self._town)

    def ad_on(self, day: date) -> Any:
        """The raw ad as it reads on `day`."""
        posting = self.draft.at(self.life.age_on(day))
        return self._raw(posting.title, posting.description, posting.pay)

    def sketch(self) -> Any:
        """The raw ad without what an edit can change, which costs a third of the whole."""
        return self._raw("", "", {})

    def _raw(self, title: str, description: str, pay: dict) -> Any:
        draft = self.draft
        contract = {
            name: value
            for name in ("contract_type", "contract_time")
            if (value := getattr(draft, name))
        }
        ad = {
            "__CLASS__": "Adzuna::API::Response::Job",
            "id": self.life.ad_id,
            "title": title,
            "description": description,
            "created": self.created,
            "redirect_url": f"https://www.adzuna.fr/details/{self.life.ad_id}",
            "company": {
                "__CLASS__": "Adzuna::API::Response::Company",
                "display_name": draft.company,
            },
            "category": category(draft.category),
            **self.place,
            **pay,
            **contract,
        }
        return self.mishap.happen_to(ad)


def _created(rng: random.Random, first_day: date, back_dates: bool) -> str:
    """A moment before the ad's first day, so that it is past whenever that day's batch runs."""
    moment = datetime.combine(first_day, time(), UTC) - timedelta(seconds=rng.randint(1, 86_400))
    drawn = rng.random()
    older = 0
    if drawn < VERY_OLD_SHARE:
        older = rng.randint(365, 1_400)
    elif drawn < VERY_OLD_SHARE + OLD_SHARE:
        older = rng.randint(30, 365)
    moment -= timedelta(days=older if back_dates else 0)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
