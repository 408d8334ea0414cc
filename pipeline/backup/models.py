"""Copies of the model store: versions and archived months, each held against its sum on record."""

import shutil
from pathlib import Path

from psycopg2.extensions import cursor as Cursor

from core.errors import ArchiveFailed, BackupFailed
from core.settings import Settings
from ingest.archive.record import archives
from ingest.archive.store import Folder
from ingest.archive.store import open_store as open_archive
from ml.errors import ModelDamaged, ModelIncompatible
from ml.remote import RemoteStore, Store, open_store
from ml.sealed import FILES
from ml.sealed import verify as verify_files
from pipeline.backup.store import BackupStore, Seal, seal, written

Files = dict[str, Seal]


def copy_models(cursor: Cursor, settings: Settings, backups: BackupStore) -> dict[str, Files]:
    """All versions that are kept. Raises BackupFailed where one is not whole in the model store."""
    cursor.execute("select version, files from ops.model_versions where status <> 'pruned'")
    store, copied = open_store(settings), {}
    for version, files in cursor.fetchall():
        if not files:  # a version without a model, as benches publish
            continue
        seals = {name: Seal(**of_file) for name, of_file in files.items()}
        if not is_whole(backups, version, seals):
            _copy_model(store, backups, version, seals)
        copied[version] = seals
    return copied


def copy_months(cursor: Cursor, settings: Settings, backups: BackupStore) -> Files:
    """The archived months, which the database has no more. Raises BackupFailed."""
    far, copied = open_archive(settings.store_address), {}
    for archived in archives(cursor):
        here = backups.models / archived.file
        if not here.exists() or seal(here).sha256 != archived.file_sha256:
            _copy_month(far, archived.file, archived.file_sha256, here)
        copied[archived.file] = seal(here)
    return copied


def is_whole(backups: BackupStore, version: str, seals: Files) -> bool:
    files = {name: of_file.model_dump() for name, of_file in seals.items()}
    try:
        verify_files(backups.models, version, files)
    except ModelDamaged:
        return False
    except ModelIncompatible:  # by its sums it is what was written
        return True
    return True


def _copy_model(store: Store, backups: BackupStore, version: str, seals: Files) -> None:
    with written(backups.models / "tfidf" / version) as aside:
        aside.mkdir()
        for name in FILES:
            _copy_file(store, f"tfidf/{version}", name, aside / name)
            if seal(aside / name) != seals.get(name):
                raise BackupFailed(
                    f"{name} of model {version} is not the file on record: `jobdash models verify` "
                    "tells more. Bring it back from an earlier backup, or `jobdash run` builds another."
                )


def _copy_file(store: Store, place: str, name: str, here: Path) -> None:
    try:
        if isinstance(store, RemoteStore):
            with store.opened(place, name) as far, here.open("xb") as file:
                shutil.copyfileobj(far, file, 1 << 20)
        else:
            shutil.copyfile(store / place / name, here)
    except FileNotFoundError:
        raise BackupFailed(
            f"{name} of {place} is missing in the model store: `jobdash models verify` tells more. "
            "Bring it back from an earlier backup, or `jobdash models prune` the version."
        ) from None


def _copy_month(far: Folder, name: str, sha256: str, here: Path) -> None:
    with written(here) as aside, far.opened(name) as file:
        with aside.open("xb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
        if seal(aside).sha256 != sha256:
            raise ArchiveFailed(f"{name} is not the file that was archived: bring it back first.")
