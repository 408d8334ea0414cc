"""Real ads, read back from files of one raw object a line."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def read_ads(files: Iterable[Path]) -> list[Any]:
    """The ads of all `files` (.jsonl or .jsonl.gz), repeated ids included as the API repeats them.

    Raises ValueError that names the file, and the line if one is not JSON.
    """
    return [ad for file in files for ad in _read(file)]


def _read(file: Path) -> list[Any]:
    if not file.name.endswith((".jsonl", ".jsonl.gz")):
        raise ValueError(f"{file}: ads are replayed from .jsonl or .jsonl.gz files")
    try:
        content = file.read_bytes()
        text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: cannot be read ({error})") from error
    return [
        _parse(file, number, line)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def _parse(file: Path, number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ValueError(f"{file}, line {number}: not JSON ({error})") from error
