"""The answers asked for last, in the process itself."""

from collections import OrderedDict
from threading import Lock


class RecentAnswers:
    """Keys name their batch and model, so an answer is right as long as it is asked for."""

    def __init__(self, most: int):
        self._most = most
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def set(self, key: str, answer: bytes) -> None:
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
