"""`jobdash models`: the versions that the store keeps, and which one answers."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Annotated

import typer
from psycopg2.extensions import connection as Connection
from rich.console import Console
from rich.table import Table

from core.database import batch_lock, connect, transaction
from core.errors import SettingsError
from core.settings import Settings
from ml.remote import Store, open_store
from pipeline.addresses import Addresses, prepare, running
from pipeline.models import VERSIONS_KEPT, old_versions
from pipeline.models import prune as prune_version
from pipeline.progress import say, warn
from pipeline.publication import activate as activate_version
from serve.cache import announce

app = typer.Typer(
    name="models",
    help="The versions of the search model: list, show, verify, activate, prune.",
    no_args_is_help=True,
)


@dataclass(frozen=True)
class Version:
    """`status`: built, active, retired, or pruned when its files were deleted."""

    version: str
    status: str
    batch_id: int
    ads: int
    features: int
    parent: str | None
    corpus_sha256: str
    created_at: datetime
    files: dict[str, dict[str, str | int]]

    @property
    def mib(self) -> float:
        return sum(file["bytes"] for file in self.files.values()) / 1024**2


VersionArgument = Annotated[
    str, typer.Argument(metavar="VERSION", help="As `jobdash models list` shows it.")
]


@app.command("list")
def list_versions(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Show all versions, the newest first."""
    with _connected(quiet=as_json) as (_, _, connection):
        versions = _versions(connection)
    if as_json:
        told = [asdict(version) for version in versions]
        typer.echo(json.dumps(told, default=str, indent=2))
        return
    table = Table("version", "status", "batch", "ads", "terms", "MiB", "created (UTC)", box=None)
    for version in versions:
        table.add_row(
            version.version,
            version.status,
            str(version.batch_id),
            f"{version.ads:,}",
            f"{version.features:,}",
            f"{version.mib:,.1f}",
            f"{version.created_at:%Y-%m-%d %H:%M}",
        )
    Console().print(table)


@app.command()
def show(version: VersionArgument) -> None:
    """Show what is known of a version, and when it was the active one."""
    with _connected(quiet=True) as (_, _, connection):
        known = _find(_versions(connection), version)
        with transaction(connection) as cursor:
            cursor.execute(
                "select activated_at, batch_id, reason from ops.model_activations"
                " where version = %s order by activation_id",
                (version,),
            )
            activations = [
                {"activated_at": at, "batch_id": batch_id, "reason": reason}
                for at, batch_id, reason in cursor.fetchall()
            ]
    typer.echo(json.dumps(asdict(known) | {"activations": activations}, default=str, indent=2))


@app.command()
def verify(
    versions: Annotated[
        list[str] | None, typer.Argument(metavar="[VERSION]...", help="Else all that are kept.")
    ] = None,
) -> None:
    """Hold the files of versions against their sums on record. Exit code 1 when one is not whole."""
    from ml.errors import ModelDamaged, ModelIncompatible
    from ml.sealed import verify as verify_files

    with _connected() as (store, _, connection):
        known = _versions(connection)
    chosen = [_find(known, version) for version in versions or []] or _kept(known)
    is_whole = True
    for version in chosen:
        try:
            verify_files(store, version.version, version.files)
            say(f"{version.version}: whole, {version.mib:,.1f} MiB")
        except (ModelDamaged, ModelIncompatible) as error:
            is_whole = False
            warn(f"{version.version}: {error}")
    if not is_whole:
        sys.exit(1)


@app.command()
def activate(version: VersionArgument) -> None:
    """Let this version answer from now on, with the marts as they are. The next batch that learns a
    new one activates that.

    Its files are verified first; one that is not whole changes nothing.
    """
    from ml.sealed import verify as verify_files

    with _connected() as (store, addresses, connection):
        known = _find(_versions(connection), version)
        if known.status == "pruned":
            raise SettingsError(
                f"The files of {version} were deleted: `jobdash models list` shows which are kept."
            )
        verify_files(store, version, known.files)
        with transaction(connection) as cursor:
            cursor.execute("select model_version from ops.publication")
            published = cursor.fetchone()
        if published is None:
            raise SettingsError("No batch is published yet, so no model answers: `jobdash run`.")
        publication = activate_version(connection, version)
        announce(addresses.redis_url, publication, warn)
    before = f", before it {published[0]}" if published[0] != version else " already"
    say(f"{version} answers{before}")


@app.command()
def prune(
    keep: Annotated[
        int, typer.Option(min=1, help="How many of the newest stay, beside the active one.")
    ] = VERSIONS_KEPT,
    is_dry: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
) -> None:
    """Delete the files of old versions, as each batch does when it is published. The active one always
    stays, and all stay on record."""
    with (
        _connected() as (store, addresses, connection),
        batch_lock(addresses.database_url),
    ):
        known = _versions(connection)
        old = [_find(known, version) for version in old_versions(connection, keep)]
        for version in old:
            if not is_dry:
                prune_version(connection, store, version.version)
            say(
                f"{version.version}: {version.mib:,.1f} MiB {'would be' if is_dry else 'were'} freed"
            )
    if not old:
        say(f"Nothing to delete: no more than {keep} versions are kept.")


@contextmanager
def _connected(quiet: bool = False) -> Iterator[tuple[Store, Addresses, Connection]]:
    """The model store, the servers, and a connection."""
    settings = Settings()
    store = open_store(settings)
    with running(settings, quiet=quiet) as addresses:
        prepare(addresses, quiet=quiet)
        with closing(connect(addresses.database_url)) as connection:
            yield store, addresses, connection


def _versions(connection: Connection) -> list[Version]:
    """The newest first."""
    names = ", ".join(field.name for field in fields(Version))
    with transaction(connection) as cursor:
        cursor.execute(f"select {names} from ops.model_versions order by created_at desc")  # noqa: S608
        return [Version(*row) for row in cursor.fetchall()]


def _kept(versions: Sequence[Version]) -> list[Version]:
    return [version for version in versions if version.status != "pruned"]


def _find(versions: Sequence[Version], name: str) -> Version:
    found = next((version for version in versions if version.version == name), None)
    if found is None:
        raise SettingsError(f"There is no model version {name!r}: `jobdash models list` shows all.")
    return found
