"""France Travail as the settings say, or a simulator of it where there are no keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from core.settings import FRANCE_TRAVAIL_API, Settings
from ingest.clock import Clock
from ingest.france_travail.source import LIMITS, FranceTravail
from ingest.simulator.france_travail import FranceTravailServer, offers_on

SIMULATOR_KEY = "simulator"
# Adzuna's, so that some ads are on both.
SIMULATOR_SEED = 1


@contextmanager
def opened(
    settings: Settings, clock: Clock, day: date, tell: Callable[[str], None]
) -> Iterator[FranceTravail]:
    """The simulator shows its ads as they stand on `day`, and lives as long as the block."""
    if settings.uses_france_travail_simulator:
        tell(
            "no FRANCE_TRAVAIL_CLIENT_ID and FRANCE_TRAVAIL_CLIENT_SECRET: "
            f"{settings.simulator_ads:,} ads of the simulator, as they stand on {day}"
        )
        ads = offers_on(day, settings.simulator_ads, SIMULATOR_SEED)
        with FranceTravailServer(ads, today=day) as simulator:
            yield FranceTravail(
                simulator.base_url,
                simulator.token_url,
                *(SIMULATOR_KEY, SIMULATOR_KEY),
                clock=clock,
                limits=(),
            )
        return
    yield FranceTravail(
        settings.france_travail_base_url,
        settings.france_travail_token_url,
        *_keys(settings),
        clock=clock,
        limits=LIMITS if settings.france_travail_base_url == FRANCE_TRAVAIL_API else (),
    )


def _keys(settings: Settings) -> tuple[str, str]:
    """Another address without keys is a simulator's."""
    if not settings.has_france_travail_keys:
        return SIMULATOR_KEY, SIMULATOR_KEY
    return (
        settings.france_travail_client_id.get_secret_value(),
        settings.france_travail_client_secret.get_secret_value(),
    )
