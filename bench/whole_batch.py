"""A whole batch over 8,737 generated ads, from nothing: seconds and memory by stage.

    python bench/whole_batch.py [ADS]

Everything runs as for a newcomer (embedded servers in a new folder, the simulator, one process), so
the wall clock holds what a user waits for: starting Python and both servers, parsing the dbt project.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import psutil

ADS = 8_737
GOAL_S = 45
SAMPLE_EVERY_S = 0.02
STAGES = ("collect", "validate", "enrich", "vectorize", "export")
MIB = 1024 * 1024


def main(ads: int) -> None:
    jobdash = str(Path(sys.executable).with_name("jobdash"))
    with TemporaryDirectory(prefix="jobdash-bench-") as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "JOBDASH_LOCAL": folder,
            "SIMULATOR_ADS": str(ads),
        }
        began = time.monotonic()
        run = subprocess.Popen(
            [jobdash, "run"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines, peaks = follow(run)
        took = time.monotonic() - began
    if run.returncode:
        sys.exit(f"the batch failed:\n{''.join(lines)}")
    print("".join(lines))
    print(f"{'stage':<12}{'peak MiB':>10}   (memory of the jobdash process; seconds stand above)")
    for stage in ("start", *STAGES):
        print(f"{stage:<12}{peaks[stage] / MIB:>10,.0f}")
    print(f"\n{ads:,} ads from nothing: {took:.1f} s (goal: under {GOAL_S} s for 8,737)")


def follow(run: subprocess.Popen) -> tuple[list[str], dict[str, int]]:
    """The lines that the run prints, and the most memory that it held in each stage, in bytes."""
    stage, peaks = "start", defaultdict(int)

    def sample() -> None:
        process = psutil.Process(run.pid)
        while run.poll() is None:
            try:
                peaks[stage] = max(peaks[stage], process.memory_info().rss)
            except psutil.Error:
                return
            time.sleep(SAMPLE_EVERY_S)

    sampler = Thread(target=sample, daemon=True)
    sampler.start()
    lines = []
    for line in run.stdout:
        lines.append(line)
        if line.split()[:2] in [[name, "..."] for name in STAGES]:
            stage = line.split()[0]
    run.wait()
    sampler.join()
    return lines, peaks


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ads", nargs="?", type=int, default=ADS, help="how many (8,737)")
    main(parser.parse_args().ads)
