"""The local servers, started by several commands at one moment."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

JOBDASH = Path(sys.executable).with_name("jobdash")


def test_commands_that_start_at_one_moment_share_their_servers():
    # not pytest's own folder, which every session closes to other users: PostgreSQL is one under root
    with TemporaryDirectory(prefix="jobdash-") as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "JOBDASH_LOCAL": f"{folder}/local",
        }
        try:
            started = [
                subprocess.Popen(
                    [JOBDASH, "dsn"],
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
                for _ in range(3)
            ]
            ends = [(*process.communicate(timeout=120), process.returncode) for process in started]
            caches = [
                process
                for process in psutil.process_iter(["name", "cmdline"])
                if folder in " ".join(process.info["cmdline"] or ())
                and "valkey" in process.info["name"]
            ]
        finally:
            subprocess.run([JOBDASH, "down"], env=environment, check=True, capture_output=True)
    assert {code for _, _, code in ends} == {0}, ends
    assert len({address for address, _, _ in ends}) == 1
    assert len(caches) == 1
