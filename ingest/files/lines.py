"""The lines of files, made ready for landing in chunks."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Self

import orjson

from core.errors import SettingsError
from core.paths import ROOT
from ingest.files.mapping import Mapping
from ingest.identity import content_hash, named_job_bytes, nameless_job_bytes
from ingest.landing import Item, item_of
from ingest.payload import parse, to_json

# Large enough that a statement's fixed costs do not count, small enough for little memory.
CHUNK = 10_000
# What orjson takes and jsonb does not: a NUL, and more than 16,383 digits behind a number's point.
_NUL = rb"\u0000"
# two expressions, each with a plain beginning, take a fifth of the time of one
_TINY = (re.compile(rb"e-\d{4}"), re.compile(rb"E-\d{4}"))
_LONG = 15_000
_MANY_DIGITS = re.compile(rb"\d{%d}" % _LONG)


@dataclass(frozen=True)
class BadLine:
    line: int
    content: bytes
    reason: str


@dataclass(frozen=True)
class Chunk:
    """Lines of one file from `first_line` (from 1) to before `next_line`."""

    file: str
    first_line: int
    next_line: int
    items: list[Item]
    bad: list[BadLine]


def files_of(pattern: str) -> list[Path]:
    """Files in the order of their names. Raises SettingsError where there is none."""
    found = sorted(glob(str(ROOT / pattern), recursive=True))
    if not found:
        raise SettingsError(f"No file matches {pattern}: check `path` in the searches file.")
    wrong = [name for name in found if not name.endswith((".jsonl", ".jsonl.gz"))]
    if wrong:
        raise SettingsError(f"{wrong[0]}: only .jsonl and .jsonl.gz can be read.")
    return [Path(name) for name in found]


def chunks_of(path: Path, mapping: Mapping, after_line: int = 0) -> Iterator[Chunk]:
    """The chunks behind `after_line`. A file is never read whole. Raises SettingsError on one that
    cannot be read."""
    try:
        with _opened(path) as lines:
            for _ in islice(lines, after_line):
                pass
            first = after_line + 1
            while batch := list(islice(lines, CHUNK)):
                yield _chunk(path.name, first, batch, mapping)
                first += len(batch)
    except (OSError, EOFError) as error:
        raise SettingsError(
            f"{path} cannot be read to its end ({error}). What came before is kept."
        ) from None


def _opened(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _chunk(file: str, first_line: int, lines: list[bytes], mapping: Mapping) -> Chunk:
    items, bad = [], []
    ready = _Ready.by(mapping)
    for number, line in enumerate(lines, start=first_line):
        content = line.strip()
        if not content:
            continue
        try:
            items.append(ready.item(content))
        except ValueError as error:
            bad.append(BadLine(number, line, f"line {number} of {file} is not JSON: {error}"))
    return Chunk(file, first_line, first_line + len(lines), items, bad)


def _fits_jsonb(line: bytes) -> bool:
    return (
        _NUL not in line
        and not any(tiny.search(line) for tiny in _TINY)
        and (len(line) < _LONG or not _MANY_DIGITS.search(line))
    )


@dataclass(frozen=True)
class _Ready:
    """How a source's lines become items."""

    source: str
    country: str
    id_path: tuple[str, ...]
    volatile: tuple[str, ...]

    @classmethod
    def by(cls, mapping: Mapping) -> Self:
        id_path = tuple(mapping.fields.id.split("."))
        return cls(mapping.source, mapping.country, id_path, tuple(mapping.volatile))

    def item(self, line: bytes) -> Item:
        """The line itself lands where jsonb takes it as it is. Raises ValueError on what is no JSON."""
        if _fits_jsonb(line):
            try:
                return self._identified(orjson.loads(line), line)
            except orjson.JSONDecodeError:
                pass  # half a surrogate pair, infinity: `parse` makes the best of them
        ad, _ = parse(line)
        return self._identified(ad, to_json(ad))

    def _identified(self, ad: Any, payload: bytes) -> Item:
        ad_id = self._id_of(ad)
        if isinstance(ad, dict):
            for name in self.volatile:
                ad.pop(name, None)
        content = content_hash(to_json(ad))
        if ad_id is None:
            job_id = nameless_job_bytes(self.source, self.country, content)
        else:
            job_id = named_job_bytes(self.source, ad_id, None)
        return item_of(job_id, ad_id, content, payload)

    def _id_of(self, ad: Any) -> str | None:
        for name in self.id_path:
            ad = ad.get(name) if type(ad) is dict else None
        return str(ad).strip() or None if type(ad) in (str, int) else None
