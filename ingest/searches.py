"""The searches of `searches.yml`, checked before the first call is spent."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from core.errors import SettingsError
from ingest.search import Search
from ingest.sources import KINDS, USUAL


def load_searches(path: Path) -> list[Search]:
    """Raises SettingsError that names the file, the search and the field that cannot be used."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"The searches cannot be read: {error}") from None
    except yaml.YAMLError as error:
        raise SettingsError(f"{path} is not YAML: {error}") from None
    entries = content.get("searches") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries or set(content) != {"searches"}:
        raise SettingsError(
            f"{path} does not describe searches: it needs a list `searches:` alone."
        )
    searches = [_search(path, place, entry) for place, entry in enumerate(entries)]
    names = [search.name for search in searches]
    if len(set(names)) < len(names):
        raise SettingsError(f"{path}: two searches have the same name; each needs its own.")
    return searches


def _search(path: Path, place: int, entry: Any) -> Search:
    source = entry.get("source", USUAL) if isinstance(entry, dict) else USUAL
    if source not in KINDS:
        raise SettingsError(
            f"{path} does not describe searches:\n  searches.{place}.source: {source!r} is none of "
            f"{', '.join(KINDS)}"
        )
    try:
        return KINDS[source].search.model_validate(entry)
    except ValidationError as error:
        faults = "\n".join(
            f"  {'.'.join(map(str, ('searches', place, *fault['loc'])))}: {fault['msg']}"
            for fault in error.errors()
        )
        raise SettingsError(f"{path} does not describe searches:\n{faults}") from None
