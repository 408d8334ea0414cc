"""What a source does: it answers slowly, byte by byte, or never."""

import time
from http.server import BaseHTTPRequestHandler

from between import Answer, between
from worlds import NIGHT, Night, World, command_of

from ingest.asking import ATTEMPTS
from ingest.http import USUAL


def source_slow(world: World, night: Night) -> str:
    """Each answer takes its time; then one comes byte by byte; then none comes at all."""
    began = time.monotonic()
    world.go_back("collect")
    with between(world.base_url, _after_seconds(5)) as slow:
        world.run(*NIGHT, ADZUNA_BASE_URL=slow)
    assert world.end() == night.end
    told = [f"5 s an answer: the night ends after {time.monotonic() - began:.0f} s"]

    world.go_back("collect")
    with between(world.base_url, _byte_by_byte(call=2)) as dribbling:
        began = time.monotonic()
        world.run(*command_of("collect"), ADZUNA_BASE_URL=dribbling)
        took = time.monotonic() - began
    assert took < USUAL.answer + USUAL.silence, f"collect took {took:.0f} s"
    assert _calls(world) == {"failed": 1, "landed": 3}, _calls(world)
    world.finish()
    told.append(f"byte by byte: given up and asked again, {took:.0f} s")

    world.go_back("collect")
    before = world.seen()
    with between(world.base_url, _never(after_call=1)) as silent:
        began = time.monotonic()
        error = world.fail(4, *command_of("collect"), ADZUNA_BASE_URL=silent)
        took = time.monotonic() - began
    assert took < ATTEMPTS * (USUAL.silence + 5), f"collect took {took:.0f} s"
    assert world.seen() == before
    assert _calls(world) == {"landed": 1, "failed": ATTEMPTS}, _calls(world)
    world.finish()
    assert _calls(world) == {"landed": 3, "failed": ATTEMPTS}, "a page that landed was asked again"
    assert world.end() == night.end
    told.append(f"no answer: exit 4 after {took:.0f} s: {error}")
    return "; ".join(told)


def _calls(world: World) -> dict[str, int]:
    """Of the night's batch, by what became of them."""
    return dict(
        world.house.query(
            "select outcome, count(*) from raw.requests"
            " where batch_id = (select max(batch_id) from ops.batches) group by 1"
        )
    )


def _after_seconds(seconds: float) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, call: int, body: bytes) -> None:
        time.sleep(seconds)
        handler.wfile.write(body)

    return answer


def _byte_by_byte(call: int) -> Answer:
    slow = call

    def answer(handler: BaseHTTPRequestHandler, call: int, body: bytes) -> None:
        if call != slow:
            handler.wfile.write(body)
            return
        for byte in body:
            handler.wfile.write(bytes((byte,)))
            time.sleep(1)

    return answer


def _never(after_call: int) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, call: int, body: bytes) -> None:
        if call > after_call:
            time.sleep(2 * USUAL.silence)
        handler.wfile.write(body)

    return answer
