"""One reading of a search, question by question, each answer landed before the next is asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from core.batches import Batch
from core.database import transaction
from core.errors import SourceDown
from ingest.asking import Asked, Asker, Unreadable
from ingest.budget.ledger import Purpose
from ingest.landing import Item, Landing, item_of, land_items
from ingest.payload import to_json
from ingest.progress import Reading, Step, advance, end
from ingest.search import Search
from ingest.source import Answer, End, Question, Questions, Response, Source

# So many unreadable answers in a row are no accident: the source is ill.
MOST_SKIPPED_IN_A_ROW = 3


@dataclass(frozen=True)
class Teller:
    """How a night is told: pages that came, and sentences."""

    page: Callable[[Search, Question, Response], None]
    note: Callable[[str], None]


@dataclass(frozen=True)
class Reader:
    connection: Connection
    source: Source
    asker: Asker
    batch: Batch
    teller: Teller

    def read(self, reading: Reading, since: datetime | None, calls: int | None) -> Reading | None:
        """Goes on with a reading for at most `calls` questions, None for as many as it takes.

        Returns the reading as it stands then, None when it has ended. Raises what `Asker.ask` does,
        but for Unreadable; what landed stays.
        """
        questions = self._questions(reading, since)
        question = next(questions)
        asked = skipped_in_a_row = 0
        while calls is None or asked < calls:
            asked += 1
            try:
                answered = self._ask(reading, question)
            except Unreadable as fault:
                skipped_in_a_row += 1
                if skipped_in_a_row == MOST_SKIPPED_IN_A_ROW:
                    raise SourceDown(
                        f"{skipped_in_a_row} answers in a row to the search {reading.search.name} "
                        f"cannot be read: {fault}. "
                        "What came before is kept; run the same command later to go on."
                    ) from None
                following = self._pass_over(reading, questions, question)
                self._note(reading, f"page {question.page} was passed over: {fault}")
            else:
                skipped_in_a_row = 0
                following = self._land(reading, questions, answered)
                self.teller.page(reading.search, question, answered.response)
            if isinstance(following, End):
                if following.why_not:
                    self._note(reading, following.why_not)
                return None
            if following.note:
                self._note(reading, following.note)
            question = following
        return replace(reading, cursor=question.cursor)

    def _questions(self, reading: Reading, since: datetime | None) -> Questions:
        if reading.kind == "news":
            return self.source.news(reading.search, since, reading.cursor)
        return self.source.sweep(reading.search, reading.cursor)

    def _ask(self, reading: Reading, question: Question) -> Asked:
        purpose = Purpose(
            self.batch.batch_id,
            reading.search_id,
            reading.reading_id,
            question.page,
            question.query,
        )
        return self.asker.ask(reading.search, question, purpose)

    def _land(self, reading: Reading, questions: Questions, answered: Asked) -> Question | End:
        """One transaction: items, call, progress. Returns what comes next."""
        search, sent, response = reading.search, answered.sent, answered.response
        items = [self._item(search, ad) for ad in response.ads]
        landing = Landing(
            batch_id=self.batch.batch_id,
            source=self.source.name,
            country=search.country,
            search_id=reading.search_id,
            request_id=sent.request_id,
            seen_at=sent.requested_at,
        )
        with transaction(self.connection) as cursor:
            was_known = land_items(cursor, landing, items)
            cursor.execute(
                "update raw.requests set outcome = %s, status = %s, ads = %s, reported_count = %s,"
                " ms = %s where request_id = %s and requested_at = %s",
                (
                    "landed" if response.ads else "end", response.status, len(response.ads),
                    response.reported_count, answered.ms, sent.request_id, sent.requested_at,
                ),
            )  # fmt: skip
            answer = Answer(response.ads, was_known, response.reported_count, response.source_now)
            following = _following(questions, answer)
            self._advance(cursor, reading, answer, following)
        return following

    def _item(self, search: Search, ad: Any) -> Item:
        ad_is = self.source.identify(search.country, ad)
        return item_of(ad_is.job_id.bytes, ad_is.ad_id, ad_is.content_hash, to_json(ad))

    def _pass_over(
        self, reading: Reading, questions: Questions, question: Question
    ) -> Question | End:
        """The last failed try of a question becomes the one that passes it over."""
        now = self.asker.clock.now()
        with transaction(self.connection) as cursor:
            cursor.execute(
                "update raw.requests set outcome = 'skipped' where request_id = ("
                " select max(request_id) from raw.requests where reading_id = %s and page = %s)",
                (reading.reading_id, question.page),
            )
            answer = Answer((), (), None, now, is_readable=False)
            following = _following(questions, answer)
            self._advance(cursor, reading, answer, following)
        return following

    def _advance(
        self, cursor: Cursor, reading: Reading, answer: Answer, following: Question | End
    ) -> None:
        ended = isinstance(following, End)
        step = Step(
            landed=len(answer.ads),
            inserted=answer.was_known.count(False),
            reported_count=answer.reported_count,
            source_now=answer.source_now,
            is_readable=answer.is_readable,
            cursor=None if ended else following.cursor,
        )
        advance(cursor, reading, step)
        if ended:
            is_complete = following.is_complete and (
                reading.kind == "news" or reading.search.shows_every_ad
            )
            end(cursor, reading, self.batch, is_complete=is_complete)

    def _note(self, reading: Reading, text: str) -> None:
        self.teller.note(f"{reading.search.name}: {text}")


def _following(questions: Questions, answer: Answer) -> Question | End:
    try:
        return questions.send(answer)
    except StopIteration as stop:
        return stop.value
