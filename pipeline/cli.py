"""The command line `jobdash`."""

import json
import signal
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import Annotated

import psycopg2
import psycopg2.errors
import typer
from pydantic import ValidationError

from core.batches import STAGES
from core.database import connect
from core.errors import JobdashError, SettingsError
from core.paths import SEARCHES
from core.settings import Settings
from ingest.searches import load_searches
from pipeline.addresses import prepare, running, start, to_read
from pipeline.api_command import app as api
from pipeline.archive_command import archive
from pipeline.backup_command import app as backup
from pipeline.backup_command import restore
from pipeline.models_command import app as models
from pipeline.progress import say, warn
from pipeline.services import LocalServices

app = typer.Typer(
    help="A warehouse of job ads: collect, validate, enrich, vectorize, export, serve.\n\n"
    "`jobdash start` does it all. Settings come from the environment or `.env` "
    "(see `.env.example`); without DATABASE_URL and REDIS_URL local servers are used, "
    "without Adzuna keys a simulator.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

Stage = StrEnum("Stage", {stage: stage for stage in STAGES})

app.command()(archive)
app.command()(restore)
app.add_typer(backup)
app.add_typer(models)
app.add_typer(api)

DayOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The batch's date; today in UTC.")
]
SearchesOption = Annotated[
    Path, typer.Option("--searches", metavar="FILE", help="What to look for, as YAML.")
]


@app.command("start")
def start_all(searches: SearchesOption = SEARCHES) -> None:
    """Start the services, run today's batch if it is not published yet, and serve it."""
    from pipeline.batch import run_batch
    from pipeline.server import serve as serve_api

    settings = _settings_with_models()
    with running(settings) as addresses:
        prepare(addresses)
        run_batch(settings, addresses, _today(), searches, once=True)
        serve_api(settings, addresses)


@app.command()
def run(
    day: DayOption = None,
    searches: SearchesOption = SEARCHES,
    once: Annotated[
        bool, typer.Option("--once", help="Do nothing if the date's batch is published already.")
    ] = False,
) -> None:
    """Run one batch, all five stages. A batch that stopped half-way goes on.

    Running a date again is safe: what is right already does not change.
    """
    from pipeline.batch import run_batch

    settings = _settings_with_models()
    with running(settings) as addresses:
        prepare(addresses)
        run_batch(settings, addresses, _day(day), searches, once=once)


@app.command()
def stage(
    name: Annotated[Stage, typer.Argument(help="Which one; they build on each other.")],
    day: DayOption = None,
    searches: SearchesOption = SEARCHES,
) -> None:
    """Run one stage of a date's batch, as Airflow does."""
    from pipeline.batch import run_stage

    settings = _settings_with_models()
    with running(settings) as addresses:
        prepare(addresses)
        run_stage(settings, addresses, _day(day), name.value, searches)


@app.command()
def publish(
    because: Annotated[
        str, typer.Option("--because", metavar="REASON", help="Why it is right; kept on record.")
    ],
    day: DayOption = None,
    searches: SearchesOption = SEARCHES,
) -> None:
    """Publish a batch that the gate holds back because its figures fell off a cliff.

    A batch with far fewer ads, or far fewer ads that tell pay or skills, than the last ones is built
    and not shown. Look first: `jobdash status` says what fell, and the schema marts_next has it.
    """
    from pipeline.batch import publish_anyway

    if not because.strip():
        raise SettingsError("--because needs a reason: whoever looks later will ask.")
    settings = _settings_with_models()
    with running(settings) as addresses:
        prepare(addresses)
        publish_anyway(settings, addresses, _day(day), because.strip(), getuser(), searches)


@app.command("replay-quarantine")
def replay_quarantine(day: DayOption = None, searches: SearchesOption = SEARCHES) -> None:
    """Judge quarantined ads again after a rule or a mapping was mended, and publish them.

    A batch of its own that asks no source. `marts.quarantined_ads` says why each ad lies there.
    """
    from pipeline.batch import replay_batch

    settings = _settings_with_models()
    with running(settings) as addresses:
        prepare(addresses)
        replay_batch(settings, addresses, _day(day), searches)


@app.command()
def serve() -> None:
    """Serve the API and the page on HOST:PORT (127.0.0.1:8000).

    With DATABASE_READ_URL and REDIS_URL, and no DATABASE_URL, it only reads: batches elsewhere migrate.
    """
    from pipeline.server import serve as serve_api

    settings = _settings_with_models()
    if addresses := to_read(settings):
        serve_api(settings, addresses)
        return
    with running(settings) as addresses:
        prepare(addresses)
        serve_api(settings, addresses)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    last: Annotated[int, typer.Option(min=1, help="How many batches.")] = 5,
) -> None:
    """Show the last batches with their stages, counts and errors."""
    from pipeline.status import last_batches, show

    with running(Settings(), quiet=as_json) as addresses:
        prepare(addresses, quiet=as_json)
        with closing(connect(addresses.database_url)) as connection:
            batches = last_batches(connection, last)
    if as_json:
        typer.echo(json.dumps(batches, default=str, indent=2, ensure_ascii=False))
    elif batches:
        show(batches)
    else:
        say("No batch yet: `jobdash run` makes the first.")


@app.command()
def budget(searches: SearchesOption = SEARCHES) -> None:
    """Show the calls used and left of each source, and the plan for tonight. Spends none."""
    from pipeline.budget import show_budget

    settings = Settings()
    with running(settings) as addresses:
        prepare(addresses)
        show_budget(settings, addresses.database_url, load_searches(searches), _today())


@app.command()
def simulator(
    generate: Annotated[
        int, typer.Option(min=1, metavar="N", help="Write N French ads of its own.")
    ] = 2_000,
    seed: Annotated[int, typer.Option(help="The same seed, the same ads.")] = 1,
    day: Annotated[
        str, typer.Option(metavar="D", help="Its day: a date, or days after 2026-01-01.")
    ] = "",
    ads: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Replay raw ads from JSON lines (.gz too) instead."),
    ] = None,
    limits: Annotated[
        str,
        typer.Option(metavar="LIMITS", help="Refuse calls over 25/minute 250/day 2500/month, say."),
    ] = "none",
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND=RATE", help="Fail at a rate: 429, 502, 503, cut, html, timeout."
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8010,
) -> None:
    """Serve a copy of Adzuna's search API with generated or replayed ads, until Ctrl-C.

    Point jobdash at it with ADZUNA_BASE_URL and the keys `simulator` and `simulator`.
    """
    from ingest.budget.limits import parse_limits
    from ingest.simulator import FaultPlan, SimulatorServer, load_ads, parse_day, parse_faults

    try:
        today = parse_day(day) if day else _today()
        loaded = load_ads(generate=None if ads else generate, seed=seed, day=today, files=ads or [])
        faults = FaultPlan(parse_faults(fault or []))
        server = SimulatorServer(
            loaded, today=today, port=port, seed=seed, faults=faults, limits=parse_limits(limits)
        )
    except (ValueError, OSError) as error:
        raise SettingsError(f"The simulator cannot start: {error}") from None
    say(f"{len(loaded):,} ads of {today}: ADZUNA_BASE_URL={server.base_url}")
    server.serve_forever()


@app.command()
def dsn() -> None:
    """Print the database's address, for psql and other tools."""
    typer.echo(start(Settings(), quiet=True).database_url)


@app.command()
def up() -> None:
    """Start the local services and leave them running."""
    addresses = start(Settings())
    prepare(addresses)
    say("The services are up; `jobdash down` stops them.")


@app.command()
def down() -> None:
    """Stop the local services."""
    services = LocalServices(Settings().local_folder)
    stopped = [
        name
        for name, was_up in (
            ("cache", services.stop_cache()),
            ("PostgreSQL", services.stop_postgres()),
        )
        if was_up
    ]
    say(f"stopped: {', '.join(stopped)}" if stopped else "No local service was running.")


def _settings_with_models() -> Settings:
    """Refuses a store that cannot hold models now, and not after all the work before."""
    settings = Settings()
    settings.check_model_store()
    return settings


def _today() -> date:
    return datetime.now(UTC).date()


def _day(text: str | None) -> date:
    if text is None:
        return _today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{text!r} is no date: write it as 2026-01-08.") from None
    if day > _today():
        raise SettingsError(f"{day} has not come yet: no source can be asked about it.")
    return day


def main() -> None:
    """Errors that jobdash raises on purpose are one clear message and an exit code.

    SIGTERM ends a command as Ctrl-C does, with what it started; both also where the shell that
    started the command in the background had SIGINT ignored.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except JobdashError as error:
        warn(f"error: {error}")
        sys.exit(error.exit_code)
    except ValidationError as error:  # of the settings; without the values, which may be secret
        for fault in error.errors():
            warn(
                f"error: {'.'.join(map(str, fault['loc'])).upper()}: {fault['msg']} (see .env.example)"
            )
        sys.exit(SettingsError.exit_code)
    except psycopg2.errors.DiskFull:
        warn("error: The disk of the database is full: free some space. Nothing is half written.")
        warn("The same command goes on from here.")
        sys.exit(1)
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        warn(f"error: The database went away: {str(error).strip().splitlines()[0]}")
        warn("The same command goes on from here when it is back.")
        sys.exit(1)
    except KeyboardInterrupt:
        warn("Stopped. The same command goes on from here.")
        sys.exit(130)
