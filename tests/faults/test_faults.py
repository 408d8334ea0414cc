"""The scripts of this folder do what they say, and a few kills of every stage are survived."""

import subprocess
import sys
from contextlib import closing

import pytest
from databases import new_database
from kill_at_every_statement import TRIED, places_of, try_all
from psycopg2.extensions import make_dsn, parse_dsn
from statement_proxy import Passage, StatementProxy

from core.database import connect

THREE_ROWS = """
import sys
import psycopg2
connection = psycopg2.connect(sys.argv[1])
connection.autocommit = True
for number in range(3):
    connection.cursor().execute("insert into seen values (%s)", (number,))
"""


@pytest.fixture
def dsn(server_dsn):
    with new_database(server_dsn) as dsn:
        with closing(connect(dsn)) as connection, connection, connection.cursor() as cursor:
            cursor.execute("create table seen (number integer)")
        yield dsn


@pytest.mark.parametrize(
    ("at", "when", "rows"), [(1, "before", 0), (2, "before", 1), (2, "after", 2), (None, "", 3)]
)
def test_a_process_is_killed_at_exactly_this_statement(dsn, at, when, rows):
    with StatementProxy(dsn) as proxy:
        passage = Passage(at=at, when=when)
        proxy.open_for(passage)
        address = make_dsn(proxy.address, dbname=parse_dsn(dsn)["dbname"])
        process = subprocess.Popen([sys.executable, "-c", THREE_ROWS, address])
        passage.is_of(process)
        assert process.wait(timeout=60) == (-9 if at else 0)
    assert passage.struck.is_set() == bool(at)
    with closing(connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from seen")
        assert cursor.fetchone()[0] == rows


def test_something_else_may_happen_at_a_statement_and_the_process_goes_on(dsn):
    happened = []
    with StatementProxy(dsn) as proxy:
        passage = Passage(at=2, act=lambda: happened.append("here"))
        proxy.open_for(passage)
        process = subprocess.Popen([sys.executable, "-c", THREE_ROWS, proxy.address])
        passage.is_of(process)
        assert process.wait(timeout=60) == 0
    assert (happened, passage.count) == (["here"], 3)


def test_every_statement_is_tried_twice_or_a_sample_from_all_over():
    class Drawn:
        random = staticmethod(lambda: 0.5)
        shuffle = staticmethod(lambda places: None)

    few = places_of(3, 100, Drawn)
    assert [place for place in few if place[0] <= 3] == [
        (number, when) for number in (1, 2, 3) for when in ("before", "after")
    ]
    assert len(few) == 7
    sample = places_of(1_000, 10, Drawn)
    assert [number // 100 for number, _ in sample] == list(range(10))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_some_kills_of_every_stage_are_survived():
    stages, told = try_all(TRIED, most=4, compare_every=4, seed=2, minutes=50)
    print(f"\n{told}")
    assert [fault for stage in stages for fault in stage.faults] == []
    assert all(stage.kills.total() >= 3 for stage in stages)
