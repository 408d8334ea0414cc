"""Adzuna as the settings say, or a simulator of it where there are no keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from core.errors import SettingsError
from core.settings import ADZUNA_API, Settings
from ingest.adzuna.source import FREE_KEY, Adzuna
from ingest.budget.limits import parse_limits
from ingest.clock import Clock
from ingest.simulator import SimulatorServer, load_ads
from ingest.source import Limit

SIMULATOR_KEY = "simulator"
SIMULATOR_SEED = 1


@contextmanager
def opened(
    settings: Settings, clock: Clock, day: date, tell: Callable[[str], None]
) -> Iterator[Adzuna]:
    """The simulator shows its ads as they stand on `day`, and lives as long as the block."""
    if settings.has_keys:
        keys = (
            settings.adzuna_app_id.get_secret_value(),
            settings.adzuna_app_key.get_secret_value(),
        )
    else:
        keys = (SIMULATOR_KEY, SIMULATOR_KEY)
    if not settings.uses_simulator:
        yield Adzuna(settings.adzuna_base_url, *keys, limits=_limits(settings), clock=clock)
        return
    tell(
        f"no ADZUNA_APP_ID and ADZUNA_APP_KEY: {settings.simulator_ads:,} ads of the simulator, "
        f"as they stand on {day}"
    )
    ads = load_ads(generate=settings.simulator_ads, seed=SIMULATOR_SEED, day=day, files=[])
    with SimulatorServer(ads, today=day) as simulator:
        yield Adzuna(simulator.base_url, *keys, limits=(), clock=clock)


def _limits(settings: Settings) -> tuple[Limit, ...]:
    """Those of a free key, unless others were given or another address is asked."""
    if settings.adzuna_limits:
        try:
            return parse_limits(settings.adzuna_limits)
        except ValueError as error:
            raise SettingsError(f"ADZUNA_LIMITS: {error}") from None
    return FREE_KEY if settings.adzuna_base_url == ADZUNA_API else ()
