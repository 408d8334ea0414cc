"""What schedulers and clocks do: a batch begins twice at one moment, and the time goes back a day."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from clocks import MachineClock, clock_of_the_machine, faketime
from houses import EVERY_BATCH
from statement_proxy import Passage
from worlds import DAY, NIGHT, Night, World, command_of, told_by

from core.errors import BatchBusy

NEXT_DAY = ("run", "--date", str(DAY + timedelta(days=1)), "--searches", str(EVERY_BATCH))


def two_schedulers(world: World, night: Night) -> str:
    """Two processes begin a batch at one moment: the same one, a stage of it, that of another day."""
    ends = Counter()
    for other in (NIGHT, NIGHT, NIGHT, command_of("collect"), command_of("collect")):
        world.go_back("collect")
        ends[_begun_together(world, NIGHT, other)] += 1
        assert world.half_done() == []
        world.finish()
        assert world.end() == night.end
    world.go_back("collect")
    ends[_begun_together(world, NIGHT, NEXT_DAY)] += 1
    for command in (NIGHT, NEXT_DAY):
        world.run(*command, "--once")
    assert world.half_done() == []
    published = world.house.query(
        "select batch_date, count(*) from ops.batches where status = 'published'"
        " and batch_date >= %s group by 1 order by 1",
        DAY,
    )
    assert published == [(DAY, 1), (DAY + timedelta(days=1), 1)], published
    return ", ".join(f"{count} times {end}" for end, count in ends.items())


def _begun_together(world: World, *commands: tuple[str, ...]) -> str:
    processes = [world.start(*command) for command in commands]
    ends = sorted(told_by(process) for process in processes)
    codes = tuple(code for code, _ in ends)
    assert codes in ((0, 0), (0, BatchBusy.exit_code)), ends
    if codes == (0, 0):
        return "one after the other"
    assert ends[-1][1].startswith("Another jobdash works on a batch"), ends
    return "one works and one says BatchBusy"


# ---------- clocks


def clock_back(world: World, night: Night) -> str:
    """The clock goes back a day: between two batches, in the middle of one, and so do their dates."""
    if not (library := faketime()):
        return "skipped: the package faketime is not installed"
    with clock_of_the_machine(world, library) as clock:
        clock.is_off_by("-1d")
        world.go_back("collect")
        world.run(*NIGHT)
        assert world.end() == night.end

        for stage in ("collect", "enrich"):
            clock.is_off_by("+0")
            world.go_back(stage)
            passage = Passage(at=night.statements[stage] // 2, act=lambda: clock.is_off_by("-1d"))
            world.run(*command_of(stage), passage=passage)
            assert passage.struck.is_set()
            world.run(*NIGHT, "--once")
            assert world.end() == night.end

        told = _dates_go_back(world, clock)
    return f"the batches end as on a right clock; {told}"


def _dates_go_back(world: World, clock: MachineClock) -> str:
    """A batch of today; then it is yesterday, and today has not come; then it is today again."""
    today = datetime.now(UTC).date()
    yesterday = today - timedelta(days=1)
    clock.is_off_by("+0")
    world.go_back("collect")
    world.run(*_of(today))
    clock.is_off_by("-1d")
    world.run(*_of(yesterday))
    error = world.fail(2, *_of(today), **clock.settings)
    assert "has not come yet" in error, error
    clock.is_off_by("+0")
    told = world.run(*_of(today))
    assert "is published already" in told, told
    dates = world.house.query("select batch_date from ops.batches order by batch_id desc limit 2")
    assert dates == [(yesterday,), (today,)], dates
    assert world.half_done() == []
    backwards = "select count(*) from marts.job_stays where last_seen_date < first_seen_date"
    assert world.house.value(backwards) == 0
    return f"of yesterday comes a batch of its own, of today: {error}"


def _of(day: date) -> tuple[str, ...]:
    return ("run", "--once", "--date", str(day), "--searches", str(EVERY_BATCH))
