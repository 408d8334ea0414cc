"""Small disks, which only root may mount. Nothing of them is left when their block ends."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def small_disk(at: Path, size: str) -> Iterator[Path]:
    at.mkdir()
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at))
    try:
        yield at
    finally:
        unmount(at)


@contextmanager
def without_room(disk: Path) -> Iterator[None]:
    """Not a byte is left on a small disk as long as the block lasts."""
    filler = disk / "filler"
    try:
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(2**20))
        yield
    finally:
        filler.unlink()


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def unmount(at: Path) -> None:
    subprocess.run(["umount", "--lazy", str(at)], check=True)
