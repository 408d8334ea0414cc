"""A server of its own for a data folder: it replays WAL up to a moment, and then takes writes.

All that it is told for that stands on its command line, so that nothing of it stays in the folder.
"""

import hashlib
import shlex
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from core.errors import BackupFailed
from pipeline.backup.tools import Tools, give_to_server, tools_for
from pipeline.services import LONGEST_SOCKET_PATH

RECOVERED_WITHIN_S = 6 * 3600
SOCKET = ".s.PGSQL.5432"
ENDED_BEFORE = "recovery ended before configured recovery target was reached"
WHERE_TOLD = ("FATAL", "PANIC")


@dataclass(frozen=True)
class Recovery:
    """`folder` holds `postgres`, the data; it is the server's own."""

    tools: Tools
    folder: Path

    @classmethod
    def found(cls, folder: Path) -> "Recovery":
        """One whose data is there."""
        major = int((folder / "postgres" / "PG_VERSION").read_text())
        return cls(tools_for(major * 10_000), folder)

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        return self.folder / "recovery.log"

    def start(self, until: datetime | None) -> None:
        """Returns when the server takes writes. Raises BackupFailed.

        Nothing may have been committed after `until`: then the end of WAL is that moment.
        """
        (self.data / "recovery.signal").touch()
        if not self._started(until):
            if until is None or ENDED_BEFORE not in self._last_words():
                raise BackupFailed(
                    f"The restored server does not start: {self._last_words()} Its log: {self.log}"
                )
            self.start(None)

    def stop(self) -> None:
        """Whether it runs or not, also one that a killed command left."""
        if (self.data / "postmaster.pid").exists():
            self.tools.pg_ctl(self.data, "--wait", "--mode=fast", "stop")
        if self._sockets != self.folder:
            shutil.rmtree(self._sockets, ignore_errors=True)

    def dsn(self, user: str, database: str) -> str:
        return f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self._sockets))}"

    def _started(self, until: datetime | None) -> bool:
        self.log.write_text("")
        self._sockets.mkdir(mode=0o700, exist_ok=True)
        hba = self.folder / "hba.conf"
        hba.write_text("local all all trust\n")  # the folder is this user's alone
        (self.data / "postgresql.conf").touch()  # Debian keeps it elsewhere
        give_to_server(self.folder)
        give_to_server(self._sockets)
        options = [
            "listen_addresses=", f"unix_socket_directories={self._sockets}", "port=5432",
            f"hba_file={hba}", "hot_standby=off", "archive_mode=off", "restore_command=false",
            "recovery_target_timeline=current", "recovery_target_action=promote",
            "logging_collector=off", "ssl=off",
        ]  # fmt: skip
        if until:
            options.append(f"recovery_target_time={until.isoformat()}")
        return (
            self.tools.pg_ctl(
                self.data, "--wait", f"--log={self.log}", "--options", _quoted(options), "start"
            )
            and self._takes_writes()
        )  # pg_ctl is content with one that still replays

    def _takes_writes(self) -> bool:
        deadline = time.monotonic() + RECOVERED_WITHIN_S
        while time.monotonic() < deadline:
            try:
                status = (self.data / "postmaster.pid").read_text().split()[-1]
            except FileNotFoundError:
                return False
            if status == "ready":
                return True
            time.sleep(0.1)
        raise BackupFailed(
            f"WAL was not replayed within {RECOVERED_WITHIN_S // 3600} hours: see {self.log}."
        )

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        told = [line for line in lines if any(word in line for word in WHERE_TOLD)]
        return " / ".join((told or lines)[-2:])

    @property
    def _sockets(self) -> Path:
        """The folder itself, unless its path is too long for a socket."""
        if len(str(self.folder / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.folder
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"jobdash-restored-{name}"


def _quoted(options: Sequence[str]) -> str:
    """pg_ctl gives them to a shell."""
    return " ".join(f"-c {shlex.quote(option)}" for option in options)
