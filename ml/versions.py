"""The names of model versions: `tfidf_v20260108`, `.2` for a second one on a day."""

import re
from collections.abc import Collection
from datetime import date
from itertools import count

from ml.errors import BadVersion

_NAME = re.compile(r"tfidf_v[0-9]{8}(?:\.[1-9][0-9]*)?")


def version_name(day: date, taken: Collection[str]) -> str:
    """The first name of the day that is not taken.

    >>> version_name(date(2026, 1, 8), {"tfidf_v20260108"})
    'tfidf_v20260108.2'
    """
    first = f"tfidf_v{day:%Y%m%d}"
    if first not in taken:
        return first
    return next(name for k in count(2) if (name := f"{first}.{k}") not in taken)


def checked(version: str) -> str:
    """The name itself; raises BadVersion for anything that could lead out of the model store."""
    if not _NAME.fullmatch(version):
        raise BadVersion(
            f"{version!r} is not a model version. They look like tfidf_v20260108 or "
            "tfidf_v20260108.2 and are listed in ops.model_versions."
        )
    return version
