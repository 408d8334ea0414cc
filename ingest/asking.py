"""One question to a source: under the budget, written down, and asked again while that may help."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

from psycopg2.extensions import connection as Connection
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from core.database import transaction
from core.errors import JobdashError, SourceDown
from ingest.budget.ledger import BudgetSpent, Ledger, Purpose, Sent
from ingest.clock import Clock
from ingest.search import Search
from ingest.source import CallFailed, Question, Response, Source

ATTEMPTS = 5
LONGEST_WAIT_S = 120.0
# What a refusal without Retry-After asks for: the shortest window that is known of a source.
REFUSED_FOR_S = 60.0
REPLACED = "characters that cannot be stored were replaced"


class Unreadable(Exception):
    """Every try brought an answer that cannot be read; the search can go on behind it."""


@dataclass(frozen=True)
class Asked:
    """A call that brought an answer, after `ms` milliseconds."""

    sent: Sent
    response: Response
    ms: int


@dataclass
class Asker:
    """`sent` counts calls, tries included; `first_wait` in seconds before the second try."""

    connection: Connection
    ledger: Ledger
    clock: Clock
    source: Source
    first_wait: float
    sent: int = field(default=0, init=False)

    def ask(self, search: Search, question: Question, purpose: Purpose) -> Asked:
        """Raises Unreadable, KeysRefused, SettingsError, SourceDown, and BudgetSpent when no call may
        be sent."""
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            retry=retry_if_exception_type(CallFailed),
            wait=self._wait,
            sleep=self.clock.sleep,
            reraise=True,
        )
        try:
            return retrying(self._call, search, question, purpose)
        except CallFailed as fault:
            if fault.is_refusal:
                free_at = self.clock.now() + timedelta(seconds=fault.wait or REFUSED_FOR_S)
                raise BudgetSpent("the source goes on refusing calls", free_at) from None
            if fault.body is not None:
                raise Unreadable(str(fault)) from None
            raise SourceDown(
                f"The source {self.source.name} does not answer page {question.page} of the search "
                f"{search.name}: {fault} ({ATTEMPTS} tries). "
                "What came before is kept; run the same command later to go on."
            ) from None

    def _call(self, search: Search, question: Question, purpose: Purpose) -> Asked:
        sent = self.ledger.send(purpose)
        self.sent += 1
        began = time.monotonic()
        try:
            response = self.source.fetch(search, question)
        except (CallFailed, JobdashError) as fault:
            self._write_down(sent, purpose, fault, _ms(began))
            raise
        if response.replaced is not None:
            self._keep(sent, purpose, REPLACED, response.replaced)
        return Asked(sent, response, _ms(began))

    def _write_down(
        self, sent: Sent, purpose: Purpose, fault: CallFailed | JobdashError, ms: int
    ) -> None:
        if isinstance(fault, JobdashError):
            self.ledger.failed(sent, status=None, ms=ms, error=str(fault))
            return
        if fault.body is not None:
            self._keep(sent, purpose, str(fault), fault.body)
        blocked_until = None
        if fault.is_refusal:
            seconds = REFUSED_FOR_S if fault.wait is None else fault.wait
            blocked_until = self.clock.now() + timedelta(seconds=seconds)
        self.ledger.failed(
            sent, status=fault.status, ms=ms, error=str(fault), blocked_until=blocked_until
        )
        if not fault.is_refusal and (fault.wait or 0) > LONGEST_WAIT_S:
            raise SourceDown(
                f"The source {self.source.name} asks to wait {fault.wait:.0f} s (status {fault.status}). "
                "What came before is kept; run the same command then to go on."
            )

    def _keep(self, sent: Sent, purpose: Purpose, reason: str, body: bytes) -> None:
        with transaction(self.connection) as cursor:
            cursor.execute(
                "insert into raw.malformed (batch_id, request_id, source, reason, body, received_at)"
                " values (%s, %s, %s, %s, %s, %s)",
                (
                    purpose.batch_id, sent.request_id, self.source.name, reason, body,
                    sent.requested_at,
                ),
            )  # fmt: skip

    def _wait(self, state: RetryCallState) -> float:
        """A refusal holds the ledger back, and with it every process of the account."""
        fault = state.outcome.exception()
        if fault.is_refusal:
            return 0.0
        backoff = wait_exponential_jitter(
            multiplier=self.first_wait, max=60, jitter=self.first_wait
        )
        return fault.wait if fault.wait is not None else backoff(state)


def _ms(since: float) -> int:
    return round((time.monotonic() - since) * 1000)
