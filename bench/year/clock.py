"""A clock that nobody waits for."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

NIGHT_BEGINS = time_of_day(0, 30, tzinfo=UTC)


class FastClock:
    """Sleeping moves it at once; what really takes time moves it by that."""

    def __init__(self, day: date):
        self.begin_night(day)

    def begin_night(self, day: date) -> None:
        self._moment = datetime.combine(day, NIGHT_BEGINS)
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._moment + timedelta(seconds=time.monotonic() - self._began)

    def sleep(self, seconds: float) -> None:
        self._moment += timedelta(seconds=seconds)
