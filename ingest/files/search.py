"""An entry `source: files` of `searches.yml`."""

from pathlib import Path
from typing import Literal

from core.paths import ROOT
from ingest.search import Search


class FileSearch(Search):
    """`path` is a file or a pattern of files, .jsonl or .jsonl.gz; a relative one starts at the
    project's top, as `mapping` does. `is_whole` says that the files hold every ad that the source has,
    so that an ad which is missing from them is gone."""

    source: Literal["files"] = "files"
    country: str = "--"  # the mapping tells it
    path: str
    mapping: str
    is_whole: bool = False

    @property
    def mapping_file(self) -> Path:
        return ROOT / self.mapping

    @property
    def shows_every_ad(self) -> bool:
        return self.is_whole
