"""A restored server in the place of the local one, whose folder is put aside and not deleted."""

import shutil
from pathlib import Path

from core.errors import BackupBusy, SettingsError
from core.settings import Settings
from pipeline.backup.recovery import Recovery
from pipeline.backup.store import stamp_now
from pipeline.services import LocalServices


def swap(settings: Settings, recovery: Recovery) -> Path | None:
    """Returns where the data of before lies. Killed half-way, the same call goes on."""
    if settings.database_url:
        raise SettingsError(
            "--swap is for the local server. Let the services use the restored one: set DATABASE_URL, "
            "or move its data as RUNBOOK.md says."
        )
    services = LocalServices(settings.local_folder)
    data = services.folder / "postgres"
    services.folder.mkdir(parents=True, exist_ok=True)
    if services.folder.stat().st_dev != recovery.data.stat().st_dev:
        raise SettingsError(f"--into has to be on the disk of {services.folder} to be swapped in.")
    if services.postgres_is_up() and services.postgres_has_clients():
        raise BackupBusy("Others are connected to the database: stop them, then run it again.")
    recovery.stop()
    services.stop_cache()  # it may know answers of batches that are no more
    services.stop_postgres()
    before = None
    if data.exists():
        before = services.folder / f"postgres.before-{stamp_now()}"
        data.rename(before)
    recovery.data.rename(data)
    shutil.rmtree(recovery.folder)
    return before
