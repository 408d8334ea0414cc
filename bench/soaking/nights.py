"""A night of the soak: the ads of its day, and `jobdash run` in a process of its own."""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ingest.simulator import SimulatorServer, ads_on

SEARCHES = "searches: [{name: france, country: fr, sweep_every_days: 0}]\n"


def run_night(day: date, ads: int, settings: Mapping[str, str], folder: Path) -> int:
    """Returns the most bytes that the process held. Raises SystemExit where it failed."""
    searches = folder / "searches.yml"
    searches.write_text(SEARCHES, encoding="utf-8")
    command = [str(Path(sys.executable).with_name("jobdash")), "run", "--date", str(day)]
    with SimulatorServer(ads_on(day, ads, seed=7), today=day) as simulator:
        process = subprocess.Popen(
            [*command, "--searches", str(searches)],
            env={
                "PATH": os.environ["PATH"], "HOME": str(folder), **settings,
                "ADZUNA_BASE_URL": simulator.base_url,
                "ADZUNA_APP_ID": "simulator", "ADZUNA_APP_KEY": "simulator",
            },
            stdout=subprocess.DEVNULL,
            stderr=(log := folder / "night.log").open("wb"),
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the night of {day} failed:\n{log.read_text(encoding='utf-8')}")
    return _bytes(used)


def _bytes(used: resource.struct_rusage) -> int:
    return used.ru_maxrss * 1024  # Linux tells KiB
