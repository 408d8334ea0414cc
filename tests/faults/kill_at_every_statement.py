"""SIGKILL at every statement of every stage, before the server gets it and after it has answered.

After each kill readers and the audit have to see what they saw before; after one of `export` that, or the
new batch, and nothing between. After every tenth the same command is run again, then the rest of the
night, and the end has to be that of a night that nobody disturbed: nothing lost, nothing twice.

Takes servers of its own and nothing of yours. Ends with 1 if anything was found.
"""

import argparse
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from statement_proxy import Passage
from worlds import LONGEST_S, World, command_of, new_world, publish_two_nights

from core.batches import STAGES

TRIED = ("migrations", *STAGES)
WHEN = ("before", "after")
BEHIND = 1_000_000  # behind every statement: a stage that nobody kills


@dataclass
class Stage:
    """What was tried of a stage, and what was found."""

    name: str
    statements: int
    before: str
    after: str
    kills: Counter = field(default_factory=Counter)
    states: Counter = field(default_factory=Counter)
    compared: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def allowed(self) -> set[str]:
        return {"before", "after"} if self.name in ("migrations", "export") else {"before"}

    def name_of(self, state: str) -> str:
        if state == self.before:
            return "before"
        return "after" if state == self.after else "between"


def places_of(statements: int, most: int, rng: random.Random) -> list[tuple[int, str]]:
    """Every statement twice, or as many of them as are asked for, spread over all with random offsets,
    and one behind the end, which shows that there are no more. In no order: time may run out."""
    places = [(number, when) for number in range(1, statements + 1) for when in WHEN]
    places.append((BEHIND, WHEN[0]))
    if len(places) > most:
        width = len(places) / most
        places = [places[int((number + rng.random()) * width)] for number in range(most)]
    rng.shuffle(places)
    return places


def try_stage(
    world: World,
    stage: Stage,
    places: Sequence[tuple[int, str]],
    compare_every: int,
    end: dict,
    ends_at: float,
) -> None:
    began, told = time.monotonic(), 0
    look = world.schema if stage.name == "migrations" else world.seen
    for tried, (number, when) in enumerate(places, start=1):
        if time.monotonic() > ends_at:
            break
        world.go_back(stage.name)
        where = f"{stage.name}, {when} statement {number}"
        was_killed = kill(world, stage, number, when, look, where)
        if was_killed and tried % compare_every == 0:
            stage.faults += compared(world, stage, end, where)
        for fault in stage.faults[told:]:
            print(f"FAULT  {fault}", flush=True)
        told = len(stage.faults)
        if tried % 25 == 0:
            print(f"  {stage.name}: {tried} tried, {time.monotonic() - began:.0f} s", flush=True)
    stage.seconds = time.monotonic() - began


def kill(
    world: World, stage: Stage, number: int, when: str, look: Callable[[], str], where: str
) -> bool:
    passage = Passage(at=number, when=when)
    process = world.start_at_once(*command_of(stage.name), passage=passage)
    _, errors = process.communicate(timeout=LONGEST_S)
    world.wait_until_alone()
    state = stage.name_of(look())
    was_killed = passage.struck.is_set()
    if was_killed:
        stage.kills[when] += 1
        stage.states[state] += 1
        if state not in stage.allowed:
            stage.faults.append(f"{where}: readers see something between")
    elif passage.process.returncode or state != stage.name_of(stage.after):
        stage.faults.append(f"{where}: not killed, and yet it fails: {errors}")
    if stage.name != "migrations":
        stage.faults += [f"{where}: {what}" for what in world.half_done()]
    return was_killed


def compared(world: World, stage: Stage, end: dict, where: str) -> list[str]:
    """The same command again and the rest of the night; what differs from an undisturbed one."""
    stage.compared += 1
    try:
        world.run(*command_of(stage.name))
        if stage.name == "migrations":
            same = world.schema() == stage.after
            return [] if same else [f"{where}: run again, the schema is another one"]
        world.finish()
        found = world.end()
    except Exception as error:
        return [f"{where}: run again, {type(error).__name__}: {error}"]
    return [f"{where}: run again, {what} differs" for what in end if found[what] != end[what]]


def undisturbed(world: World) -> tuple[dict[str, Stage], dict]:
    """Each stage once, keeping what was there before it; and the end of the night."""
    stages = {}
    for name in TRIED:
        look = world.schema if name == "migrations" else world.seen
        if name == STAGES[0]:
            publish_two_nights(world)
        if name != "migrations":
            world.keep(name)
        before = look()
        passage = Passage()
        world.run(*command_of(name), passage=passage)
        world.wait_until_alone()
        stages[name] = Stage(name, passage.count, before, look())
        print(f"  {name}: {passage.count} statements", flush=True)
    return stages, world.end()


def table(stages: Sequence[Stage]) -> str:
    head = (
        f"{'stage':<12}{'statements':>11}{'killed before':>15}{'killed after':>14}"
        f"{'  found':<22}{'run again':>10}{'faults':>8}{'seconds':>9}"
    )
    lines = [head]
    for stage in stages:
        found = ", ".join(f"{count} {state}" for state, count in sorted(stage.states.items()))
        lines.append(
            f"{stage.name:<12}{stage.statements:>11,}{stage.kills['before']:>15,}"
            f"{stage.kills['after']:>14,}  {found:<20}{stage.compared:>10,}{len(stage.faults):>8,}"
            f"{stage.seconds:>9.0f}"
        )
    kills = sum(stage.kills.total() for stage in stages)
    again = sum(stage.compared for stage in stages)
    faults = sum(len(stage.faults) for stage in stages)
    lines.append(f"{kills:,} kills, {again:,} of them run again to the end, {faults:,} faults")
    return "\n".join(lines)


def try_all(
    names: Sequence[str], most: int, compare_every: int, seed: int, minutes: float
) -> tuple[list[Stage], str]:
    rng = random.Random(seed)
    with new_world() as world:
        stages, end = undisturbed(world)
        tried = [stages[name] for name in names]
        ends_at = time.monotonic() + minutes * 60
        for left, stage in enumerate(tried):
            now = time.monotonic()
            share = (ends_at - now) / (len(tried) - left)
            places = places_of(stage.statements, most, rng)
            try_stage(world, stage, places, compare_every, end, now + share)
    return tried, table(tried)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stage", action="append", choices=TRIED, help="only this one; repeatable")
    parser.add_argument("--most", type=int, default=120, help="kills of one stage (120)")
    parser.add_argument("--compare-every", type=int, default=10, help="kill is run again (10th)")
    parser.add_argument("--seed", type=int, default=1, help="of where a sample is taken (1)")
    parser.add_argument("--minutes", type=float, default=90, help="for all stages together (90)")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started ends with this
    stages, told = try_all(
        asked.stage or TRIED, asked.most, asked.compare_every, asked.seed, asked.minutes
    )
    print(told)
    return 1 if any(stage.faults for stage in stages) else 0


if __name__ == "__main__":
    sys.exit(main())
