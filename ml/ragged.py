"""Rows of different lengths in one array, which can be mapped from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ml.counting import gathered, plain


class Mapped:
    """Read from a file whose arrays are mapped, has them as plain ones, which are the same memory: a look
    at one of the others takes five times as long."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            self.__dict__[name] = np.asarray(value) if isinstance(value, np.memmap) else value


@dataclass(frozen=True, eq=False)
class Ragged(Mapped):
    """Row `i` of `values` (uint8 or uint16) ends before `ends[i]` (int64)."""

    values: NDArray[np.unsignedinteger]
    ends: NDArray[np.int64]

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> Self:
        """Each as UTF-8."""
        written = [text.encode() for text in texts]
        ends = np.cumsum(np.fromiter(map(len, written), np.int64, len(written)))
        return cls(np.frombuffer(b"".join(written), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def row(self, row: int) -> NDArray[np.unsignedinteger]:
        return self.values[self.ends[row - 1] if row else 0 : self.ends[row]]

    def text(self, row: int) -> str:
        return self.row(row).tobytes().decode()

    def texts(self) -> list[str]:
        return [self.text(row) for row in range(len(self))]

    def followed_by(self, others: Self) -> Self:
        values = np.concatenate([self.values, others.values])
        return type(self)(values, np.concatenate([self.ends, others.ends + len(self.values)]))

    def taken(self, rows: NDArray[np.integer]) -> Self:
        """These rows, in this order."""
        return type(self)(*plain(*gathered(self.values, self.ends, rows.astype(np.int64))))
