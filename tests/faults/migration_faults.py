"""What happens while a database of an older release is brought up to date: its process is killed."""

from contextlib import closing

from kill_at_every_statement import WHEN
from old_release import fill_as_before
from statement_proxy import Passage
from worlds import LONGEST_S, Night, World, command_of

from core.database import connect

ADS = (
    "select job_id::text, ad_id, payload::text, content_hash, batch_id from raw.ads order by ad_key"
)


def migration_interrupted(world: World, night: Night) -> str:
    """Killed before and after each statement that brings a database of an older release up to date."""
    world.go_back("migrations")
    with closing(connect(world.house.database_url)) as connection:
        fill_as_before(connection)
    world.keep("old")
    old, ads = world.schema(), world.house.query(ADS)
    passage = Passage()
    world.run(*command_of("migrations"), passage=passage)
    new, found = world.schema(), {old: 0}
    found[new] = 0
    for number in range(1, passage.count + 1):
        for when in WHEN:
            world.go_back("old")
            _killed(world, Passage(at=number, when=when))
            state = world.schema()
            assert state in found, f"killed {when} statement {number}: half migrated"
            found[state] += 1
            assert world.house.query(ADS) == ads, f"killed {when} statement {number}: other ads"
        world.run(*command_of("migrations"))
        assert (world.schema(), world.house.query(ADS)) == (new, ads)
    return (
        f"{sum(found.values())} kills at {passage.count} statements: {found[old]} left the old database, "
        f"{found[new]} the new one, none anything between"
    )


def _killed(world: World, passage: Passage) -> None:
    process = world.start_at_once(*command_of("migrations"), passage=passage)
    process.communicate(timeout=LONGEST_S)
    world.wait_until_alone()
    assert passage.struck.is_set(), f"there is no statement {passage.at}"
