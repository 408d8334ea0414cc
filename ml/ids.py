"""Ids of ads in an array."""

from collections.abc import Iterable
from itertools import repeat
from operator import attrgetter
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

ID = np.dtype("V16")  # the 16 bytes of a UUID


def as_array(ids: Iterable[UUID]) -> NDArray[np.void]:
    numbers = map(attrgetter("int"), ids)
    return np.frombuffer(b"".join(map(int.to_bytes, numbers, repeat(16), repeat("big"))), dtype=ID)
