"""What a process used last of one publication, as much of it as is worth its memory."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

from core.publication import Publication

T = TypeVar("T")


class Recent(Generic[T]):
    """The `most` values that were used last, by publication and key."""

    def __init__(self, most: int):
        self._most = most
        self._values: OrderedDict[tuple[Publication, str], T] = OrderedDict()
        self._lock = Lock()

    def get(self, publication: Publication, key: str) -> T | None:
        with self._lock:
            value = self._values.get((publication, key))
            if value is not None:
                self._values.move_to_end((publication, key))
            return value

    def keep(self, publication: Publication, key: str, value: T) -> None:
        with self._lock:
            self._values[publication, key] = value
            self._values.move_to_end((publication, key))
            if len(self._values) > self._most:
                self._values.popitem(last=False)
