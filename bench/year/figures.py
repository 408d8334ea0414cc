"""What a year showed, as lines for people."""

from collections.abc import Iterator
from contextlib import closing

from core.database import connect, transaction
from ingest.simulator import Diary
from ingest.simulator.meter import CALENDAR, SLIDING
from year.lives import Verdicts, judge_same, judge_stays, judge_versions, versions_in_raw
from year.stays import sightings_of, stays_of, sweeps_of
from year.warehouse import build_stays, stays_in_dbt
from year.year import Rival, Year


def windows(rival: Rival) -> Iterator[str]:
    """By the simulator's own count."""
    meter = rival.server.meter
    yield f"  {meter.calls:,} calls, {meter.refused:,} over a limit"
    for kind, names in (("sliding", SLIDING), ("calendar", CALENDAR)):
        used = ", ".join(f"{name} {meter.highest[name]:,}" for name in names)
        yield f"  highest use of {kind} windows: {used}"


def share_in_time(year: Year, rival: Rival) -> float:
    """Of the ads that came after the first night and match a search: those that were answered in the
    first night after they were created, so within 24 hours."""
    first = ((ad_id, nights[0][0]) for ad_id, nights in rival.answers.by_ad.items())
    return year.watch.found_in_time(first) / max(1, len(year.watch.newcomers))


def found(year: Year, rival: Rival) -> Iterator[str]:
    answered = rival.answers.by_ad.keys()
    newcomers, stock = year.watch.newcomers, year.watch.stock
    yield f"  found within 24 hours: {share_in_time(year, rival):.2%} of {len(newcomers):,} new ads"
    for name, ads in (("new ads", newcomers.keys()), ("stock of the first night", stock)):
        yield f"  ever found: {len(ads & answered) / max(1, len(ads)):.2%} of {len(ads):,}, {name}"


def ads_in_raw(dsn: str) -> set[str]:
    """By id, or where an ad has none by job_id."""
    with closing(connect(dsn)) as connection, transaction(connection) as cursor:
        cursor.execute("select distinct coalesce(ad_id, job_id::text) from raw.ads")
        return {ad_id for (ad_id,) in cursor}


def compared(year: Year, quiet: set[str], faulty: set[str]) -> Iterator[str]:
    stock, newcomers = year.watch.stock, year.watch.newcomers.keys()
    for name, ads in (("all", quiet | faulty), ("stock", stock), ("new ads", newcomers)):
        only_quiet, only_faulty = ads & (quiet - faulty), ads & (faulty - quiet)
        yield (
            f"  {name}: {len(ads & quiet):,} without faults, {len(ads & faulty):,} with; "
            f"{len(only_quiet):,} only without, {len(only_faulty):,} only with"
        )


def lives(year: Year, rival: Rival, dsn: str, *, with_dbt: bool) -> Verdicts:
    """Against the diary: what lies in `raw`, and the stays that follow from it. `with_dbt` holds the
    stays that dbt tells against those of the same rule in Python too."""
    if with_dbt:
        build_stays(dsn)
    with closing(connect(dsn)) as connection:
        recorded = versions_in_raw(connection)
        verdicts = judge_versions(recorded, rival.answers, Diary(year.seed), year.first_night)
        sweeps, sightings = sweeps_of(connection), sightings_of(connection)
        stays = {job_id: list(stays_of(seen, sweeps)) for job_id, seen in sightings.items()}
        with transaction(connection) as cursor:
            cursor.execute("select batch_id, batch_date from ops.batches")
            days = dict(cursor.fetchall())
            cursor.execute(
                "select distinct job_id::text, ad_id from raw.ads where ad_id is not null"
            )
            ids = cursor.fetchall()
        told = stays_in_dbt(connection) if with_dbt else stays
    same = judge_same(told, stays)
    followed = ((job_id, ad_id, told[job_id]) for job_id, ad_id in ids if job_id in told)
    return {**verdicts, **same, **judge_stays(followed, sightings, sweeps, days, year.seed)}
