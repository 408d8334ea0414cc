"""The swap, under readers that look all the time. Two schemas with a number in every row stand for
the marts: a reader that finds two numbers has seen a mixture."""

import threading
from collections.abc import Callable
from contextlib import closing

import psycopg2
import psycopg2.errors
import pytest

from core.batches import Batch
from core.database import connect, transaction
from core.publication import hold_publication
from pipeline.publication import publish

TABLES = ("companies", "job_skills", "jobs", "locations")
SWAPS = 40
READERS = 4


@pytest.fixture
def two_generations(house):
    """`marts` with 0 in every row and `marts_next` with 1."""
    for generation, schema in enumerate(("marts", "marts_next")):
        for table in TABLES:
            house.query(f"create table {schema}.{table} as select {generation} as generation")
        house.query(f"create view {schema}.recent_jobs as select * from {schema}.jobs")
    return house


def new_batch(connection, batch_id: int) -> Batch:
    """A batch whose stages before export have succeeded, with a model of its own."""
    version = f"tfidf_v20260108.{batch_id}"
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into ops.batches (batch_id, batch_date) values (%s, date '2026-01-08')",
            (batch_id,),
        )
        cursor.execute(
            "insert into ops.model_versions"
            " (version, batch_id, status, files, ads, features, corpus_sha256)"
            " values (%s, %s, 'built', '{}', 1, 1, '')",
            (version, batch_id),
        )
        cursor.execute(
            "insert into ops.batch_runs (batch_id, batch_date, stage, attempt, status, counts)"
            " values (%s, date '2026-01-08', 'vectorize', 1, 'success',"
            " jsonb_build_object('version', %s))",
            (batch_id, version),
        )
    return Batch(batch_id, None)


def one_report(dsn: str, seen: Callable[[set], None], stop: threading.Event) -> None:
    """A join of all marts in one statement, as a report sends it."""
    read = ("recent_jobs", *TABLES)  # a view first
    joined = ", ".join(f"marts.{relation}" for relation in read)
    columns = ", ".join(f"{relation}.generation" for relation in read)
    with closing(connect(dsn)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while not stop.is_set():
            cursor.execute(f"select {columns} from {joined}")
            seen(set(cursor.fetchone()))


def one_request(dsn: str, seen: Callable[[set], None], stop: threading.Event) -> None:
    """Several statements in a transaction that holds the publication, as the API reads."""
    with closing(connect(dsn)) as connection:
        while not stop.is_set():
            with transaction(connection) as cursor:
                publication = hold_publication(cursor)
                found = {publication.batch_id % 2}
                for table in TABLES:
                    cursor.execute(f"select generation from marts.{table}")
                    found.add(cursor.fetchone()[0])
            seen(found)


def test_no_reader_sees_a_mixture_while_the_swap_happens_again_and_again(two_generations):
    house = two_generations
    with closing(connect(house.database_url)) as connection:
        # an even batch shows the rows with 0, an odd one those with 1
        publish(connection, new_batch(connection, 1))
        stop, mixtures, looks, faults = threading.Event(), [], [], []

        def seen(generations: set) -> None:
            looks.append(1)
            if len(generations) > 1:
                mixtures.append(generations)

        def guarded(read) -> None:
            try:
                read(house.database_url, seen, stop)
            except psycopg2.Error as error:
                faults.append(error)

        readers = [
            threading.Thread(target=guarded, args=(read,))
            for read in (one_report, one_request)
            for _ in range(READERS // 2)
        ]
        for reader in readers:
            reader.start()
        try:
            for batch_id in range(2, 2 + SWAPS):
                publish(connection, new_batch(connection, batch_id))
        finally:
            stop.set()
            for reader in readers:
                reader.join()
    assert faults == []
    assert mixtures == []
    assert len(looks) > SWAPS
    assert house.value("select max(generation) from marts.jobs") == (1 + SWAPS) % 2


def test_a_publication_that_fails_half_way_leaves_everything_as_it_was(two_generations):
    house = two_generations
    with closing(connect(house.database_url)) as connection:
        publish(connection, new_batch(connection, 1))
        batch = new_batch(connection, 2)
        # its numbers do not add up, which the database refuses as the swap's last step
        house.query("update ops.batches set collected = 7 where batch_id = 2")
        with pytest.raises(psycopg2.errors.CheckViolation, match="law_of_a_batch"):
            publish(connection, batch)
    assert house.value("select generation from marts.jobs") == 1
    assert house.query("select batch_id, model_version from ops.publication") == [
        (1, "tfidf_v20260108.1")
    ]
    assert house.value("select version from ops.model_versions where status = 'active'") == (
        "tfidf_v20260108.1"
    )


def test_publishing_a_batch_again_changes_nothing(two_generations):
    house = two_generations
    with closing(connect(house.database_url)) as connection:
        batch = new_batch(connection, 1)
        first = publish(connection, batch)
        assert publish(connection, batch) == first
    assert house.value("select generation from marts.jobs") == 1


def test_a_report_that_reads_holds_the_swap_back_and_others_go_on_reading(two_generations, reader):
    house = two_generations
    with (
        closing(connect(house.database_url)) as publisher,
        closing(connect(house.database_url)) as report,
    ):
        publish(publisher, new_batch(publisher, 1))
        batch = new_batch(publisher, 2)
        report.cursor().execute("select * from marts.jobs")  # and its transaction stays open
        swap = threading.Thread(target=publish, args=(publisher, batch))
        swap.start()
        reader.cursor().execute("set statement_timeout = '2s'")
        for _ in range(20):
            with reader.cursor() as cursor:
                cursor.execute("select generation from marts.jobs")
                assert cursor.fetchone() == (1,)
        assert swap.is_alive()
        report.rollback()
        swap.join(timeout=20)
    assert house.value("select generation from marts.jobs") == 0


def test_report_makers_read_the_published_marts_and_nothing_else(two_generations):
    house = two_generations
    with closing(connect(house.database_url)) as connection:
        publish(connection, new_batch(connection, 1))
        with connection.cursor() as cursor:
            cursor.execute("set role bi_reader")
            cursor.execute("select generation from marts.recent_jobs")
            assert cursor.fetchone() == (1,)
            connection.commit()
            for forbidden in (
                "select * from marts_next.jobs",
                "select * from raw.ads",
                "select * from ops.batches",
                "delete from marts.jobs",
            ):
                with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                    cursor.execute(forbidden)
                connection.rollback()
                cursor.execute("set role bi_reader")
