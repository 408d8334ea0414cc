"""Ids of ads in an array."""

from collections.abc import Iterable
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

ID = np.dtype("V16")  # the 16 bytes of a UUID


def as_array(ids: Iterable[UUID]) -> NDArray[np.void]:
    return np.frombuffer(b"".join(one.bytes for one in ids), dtype=ID)
