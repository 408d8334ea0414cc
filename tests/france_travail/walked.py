"""Asking the questions of a walk, without the collector."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from ingest.france_travail.search import FranceTravailSearch
from ingest.france_travail.source import FranceTravail
from ingest.simulator.france_travail import FranceTravailServer
from ingest.source import Answer, End, Question, Questions

SECRET = "a-secret-that-no-one-may-see"
SEARCH = FranceTravailSearch(name="france", source="france_travail")


class StoppedClock:
    def __init__(self, moment: datetime = datetime(2026, 1, 8, 0, 30, tzinfo=UTC)):
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing here waits")


def source_of(server: FranceTravailServer, **settings: Any) -> FranceTravail:
    keys = {"client_id": "simulator", "client_secret": SECRET, "clock": StoppedClock()} | settings
    return FranceTravail(server.base_url, server.token_url, **keys)


def walk_to_the_end(
    questions: Questions, answer_to: Callable[[Question], Answer]
) -> tuple[list[Question], list[Any], End]:
    """All questions, all ads in the order they came, and how it ended."""
    asked, ads = [], []
    question = next(questions)
    while True:
        asked.append(question)
        answer = answer_to(question)
        ads.extend(answer.ads)
        try:
            question = questions.send(answer)
        except StopIteration as stop:
            return asked, ads, stop.value


def over_http(
    source: FranceTravail, search: FranceTravailSearch = SEARCH, known: Iterable[str] = ()
) -> Callable[[Question], Answer]:
    """Answers as the collector gives them, which knows the ads of the ids `known`."""
    of_old = set(known)

    def answer_to(question: Question) -> Answer:
        response = source.fetch(search, question)
        was_known = [isinstance(ad, dict) and ad.get("id") in of_old for ad in response.ads]
        return Answer(response.ads, was_known, response.reported_count, response.source_now)

    return answer_to


def ids(ads: Iterable[Any]) -> set[str]:
    return {ad["id"] if isinstance(ad, dict) else ad for ad in ads}
