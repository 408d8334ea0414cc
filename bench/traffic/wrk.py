"""wrk, where it is installed: it takes the least of the machine that the server needs too."""

import re
import shutil
import subprocess

from traffic.figures import Figures

IN_MS = {"us": 1e-3, "ms": 1.0, "s": 1e3}
FAULTS = {
    "not 200": r"Non-2xx or 3xx responses: (\d+)",
    "cut": r"Socket errors: connect \d+, read (\d+)",
    "late": r"Socket errors: .* timeout (\d+)",
}


def is_installed() -> bool:
    return shutil.which("wrk") is not None


def ask_again(address: str, clients: int, seconds: float) -> Figures:
    """One address for so many whole seconds, over as many connections as there are clients."""
    command = ["wrk", "--threads=1", f"--connections={clients}", f"--duration={round(seconds)}s"]
    told = subprocess.run(
        [*command, "--latency", address], check=True, capture_output=True, text=True
    ).stdout
    counts = {name: re.search(pattern, told) for name, pattern in FAULTS.items()}
    return Figures(
        a_second=float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
        p50_ms=_percentile(told, 50),
        p99_ms=_percentile(told, 99),
        faults={name: int(found[1]) for name, found in counts.items() if found and found[1] != "0"},
    )


def _percentile(told: str, percentile: int) -> float:
    number, unit = re.search(rf"{percentile}%\s+([\d.]+)(us|ms|s)\b", told).groups()
    return float(number) * IN_MS[unit]
