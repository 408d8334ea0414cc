"""How a run is told: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

LINE_EVERY_S = 5.0


def say(text: str) -> None:
    typer.echo(text)
    sys.stdout.flush()


def warn(text: str) -> None:
    typer.echo(text, err=True)


def seconds(since: float) -> str:
    return f"{time.monotonic() - since:.1f} s"


@contextmanager
def counting(what: str) -> Iterator[Callable[[str, int, int | None], None]]:
    """Yields `advance(label, step, total)`; `total` may be unknown and may drift."""
    console = Console()
    if console.is_terminal:
        with Progress(
            TextColumn("  {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        ) as bar:
            task = bar.add_task(what, total=None)

            def advance(label: str, step: int, total: int | None) -> None:
                bar.update(task, description=f"{what} {label}", advance=step, total=total)

            yield advance
        return

    done, last_line = 0, time.monotonic()

    def advance(label: str, step: int, total: int | None) -> None:
        nonlocal done, last_line
        done += step
        if time.monotonic() - last_line >= LINE_EVERY_S:
            last_line = time.monotonic()
            of = f" of about {total:,}" if total else ""
            say(f"  {what} {label}: {done:,}{of}")

    yield advance
