"""The sources that jobdash knows."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

import ingest.adzuna.opening
import ingest.france_travail.opening
from core.settings import Settings
from ingest.adzuna.search import AdzunaSearch
from ingest.clock import Clock
from ingest.files.search import FileSearch
from ingest.france_travail.search import FranceTravailSearch
from ingest.search import Search
from ingest.source import Source

Opened = Callable[[Settings, Clock, date, Callable[[str], None]], AbstractContextManager[Source]]


@dataclass(frozen=True)
class Kind:
    """How a source's searches are read, and how the source is made of the settings; None for files,
    which nobody has to be asked for."""

    search: type[Search]
    opened: Opened | None


KINDS: Mapping[str, Kind] = {
    "adzuna": Kind(AdzunaSearch, ingest.adzuna.opening.opened),
    "france_travail": Kind(FranceTravailSearch, ingest.france_travail.opening.opened),
    "files": Kind(FileSearch, None),
}
USUAL = "adzuna"
