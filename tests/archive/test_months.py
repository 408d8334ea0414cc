"""Out to Parquet and back: the same rows, or nothing has happened."""

from datetime import datetime

import psycopg2
import pyarrow.parquet as pq
import pytest
from archive.months import FEBRUARY, JANUARY, TABLES, contents, fill, partitions

from core.database import transaction
from core.errors import ArchiveFailed, SettingsError
from ingest.archive.months import is_young
from ingest.archive.record import archives
from ingest.archive.restore import restore_month
from ingest.archive.store import open_store
from ingest.archive.write import archive_month


def unheard(table: str, rows: int) -> None:
    pass


def known(connection) -> list:
    with transaction(connection) as cursor:
        return archives(cursor)


def test_a_month_comes_back_as_it_was(two_months, store):
    before, indexes = contents(two_months), partitions(two_months)
    archive_month(two_months, store, JANUARY, unheard)
    assert [count for count, _ in contents(two_months).values()] == [55, 55, 55]
    assert "raw.ads_2026_01" not in partitions(two_months)

    restore_month(two_months, store, JANUARY, unheard)
    assert contents(two_months) == before
    assert partitions(two_months) == indexes
    assert all(archived.restored_at for archived in known(two_months))


def test_other_tools_can_read_the_files(two_months, store, tmp_path):
    archive_month(two_months, store, JANUARY, unheard)
    table = pq.read_table(tmp_path / "store" / "raw" / "ads" / "2026-01.parquet")
    assert table.num_rows == 50
    assert str(table.schema.field("ad_key").type) == "int64"
    assert str(table.schema.field("fetched_at").type) == "timestamp[us, tz=UTC]"
    first, second, third = (table["ad_id"][number].as_py() for number in range(3))
    assert (first, second, third) == (None, "2", "")


def test_a_restored_month_can_be_archived_and_restored_again(two_months, store):
    before = contents(two_months)
    archive_month(two_months, store, JANUARY, unheard)
    first = known(two_months)
    restore_month(two_months, store, JANUARY, unheard)
    with two_months, two_months.cursor() as cursor:
        cursor.execute("update raw.ads set ad_id = 'another' where ad_key = 1")
    changed = contents(two_months)
    assert changed != before

    archive_month(two_months, store, JANUARY, unheard)
    second = known(two_months)
    assert [archived.restored_at for archived in second] == [None, None, None]
    assert {a.table for a, b in zip(first, second, strict=True) if a.seal != b.seal} == {"ads"}
    restore_month(two_months, store, JANUARY, unheard)
    assert contents(two_months) == changed


def test_a_large_month_goes_in_blocks(connection, store, monkeypatch):
    monkeypatch.setattr("ingest.archive.text.BLOCK_BYTES", 10_000)
    monkeypatch.setattr("ingest.archive.file.BATCH_ROWS", 7)
    fill(connection, JANUARY, batch=1, rows=500)
    fill(connection, FEBRUARY, batch=2)
    before, told = contents(connection), []
    archive_month(connection, store, JANUARY, lambda table, rows: told.append((table, rows)))
    assert len(told) > 100
    assert sum(rows for _, rows in told) == 2 * 3 * 500
    restore_month(connection, store, JANUARY, unheard)
    assert contents(connection) == before


def test_numbers_go_on_after_a_restore(two_months, store):
    archive_month(two_months, store, JANUARY, unheard)
    restore_month(two_months, store, JANUARY, unheard)
    fill(two_months, FEBRUARY.replace(month=6), batch=4, rows=1)
    with transaction(two_months) as cursor:
        cursor.execute("select max(ad_key), count(distinct ad_key) from raw.ads")
        assert cursor.fetchone() == (106, 106)


@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_file_is_refused_and_changes_nothing(two_months, store, tmp_path, table):
    archive_month(two_months, store, JANUARY, unheard)
    file = tmp_path / "store" / "raw" / table / "2026-01.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    after = contents(two_months), partitions(two_months)
    with pytest.raises(ArchiveFailed, match=rf"raw/{table}/2026-01.parquet in .* is not the file"):
        restore_month(two_months, store, JANUARY, unheard)
    assert (contents(two_months), partitions(two_months)) == after

    file.write_bytes(whole)
    restore_month(two_months, store, JANUARY, unheard)
    assert contents(two_months)[table][0] == 105


def test_a_file_that_does_not_hold_the_rows_keeps_them_in_the_database(two_months, tmp_path):
    class Leaky(type(open_store(tmp_path))):
        """A disk that loses what was written."""

        def write(self, name, fill):
            super().write(name, fill)
            if name.startswith("raw/sightings"):
                path = tmp_path / name
                pq.write_table(pq.read_table(path).slice(0, 49), path)

    before = contents(two_months)
    with pytest.raises(ArchiveFailed, match="sightings/2026-01.parquet .* does not hold what"):
        archive_month(two_months, Leaky(tmp_path), JANUARY, unheard)
    assert contents(two_months) == before
    assert known(two_months) == []


def test_a_full_disk_is_one_clear_error_and_the_rows_stay(two_months, tmp_path):
    (tmp_path / "raw").write_text("a file where the folder should be")
    before = contents(two_months)
    with pytest.raises(ArchiveFailed, match="cannot be read or written"):
        archive_month(two_months, open_store(tmp_path), JANUARY, unheard)
    assert contents(two_months) == before


def test_a_month_is_never_restored_over_rows_that_are_there(two_months, store):
    archive_month(two_months, store, JANUARY, unheard)
    fill(two_months, JANUARY, batch=7, rows=2)
    after = contents(two_months)
    with pytest.raises(ArchiveFailed, match="6 rows of 2026-01 are in the database"):
        restore_month(two_months, store, JANUARY, unheard)
    assert contents(two_months) == after


def test_rows_that_came_back_otherwise_undo_the_restore(two_months, store):
    archive_month(two_months, store, JANUARY, unheard)
    with two_months, two_months.cursor() as cursor:
        cursor.execute(
            "create function raw.meddle() returns trigger language plpgsql"
            " as 'begin new.content_hash := ''other''; return new; end'"
        )
        cursor.execute(
            "create trigger meddle before insert on raw.ads for each row execute function raw.meddle()"
        )
    after = contents(two_months), partitions(two_months)
    with pytest.raises(ArchiveFailed, match="is not what was archived"):
        restore_month(two_months, store, JANUARY, unheard)
    assert (contents(two_months), partitions(two_months)) == after


def test_what_cannot_be_restored_is_told(two_months, store):
    with pytest.raises(SettingsError, match="never archived"):
        restore_month(two_months, store, JANUARY, unheard)
    archive_month(two_months, store, JANUARY, unheard)
    with pytest.raises(ArchiveFailed, match="Set MODEL_STORE to where it was archived"):
        restore_month(two_months, open_store("/nowhere"), JANUARY, unheard)
    restore_month(two_months, store, JANUARY, unheard)
    with pytest.raises(SettingsError, match="restored already"):
        restore_month(two_months, store, JANUARY, unheard)


def test_a_month_with_rows_of_an_open_or_of_the_newest_batch_stays(two_months, store):
    with two_months, two_months.cursor() as cursor:
        cursor.execute("update ops.batches set status = 'open' where batch_id = 1")
    with pytest.raises(ArchiveFailed, match="2026-01 stays in the database: batch 1 is open"):
        archive_month(two_months, store, JANUARY, unheard)
    with pytest.raises(ArchiveFailed, match="batch 3 is the newest"):
        archive_month(two_months, store, FEBRUARY.replace(month=5), unheard)


def test_the_months_that_a_call_budget_counts_stay(two_months, store):
    with transaction(two_months) as cursor:
        cursor.execute("select date_trunc('month', now() at time zone 'UTC')::date")
        this_month = cursor.fetchone()[0]
    fill(two_months, this_month, batch=8, rows=1)
    with pytest.raises(ArchiveFailed, match="the call budget"):
        archive_month(two_months, store, this_month, unheard)
    assert is_young(JANUARY, datetime(2026, 2, 28, 23))
    assert is_young(JANUARY, datetime(2026, 3, 3, 23))
    assert not is_young(JANUARY, datetime(2026, 3, 4, 0))


def test_nobody_writes_to_a_month_while_it_is_moved(two_months, store, database):
    def meddle(table: str, rows: int) -> None:
        with psycopg2.connect(database, options="-c lock_timeout=50ms") as other:
            with pytest.raises(psycopg2.errors.LockNotAvailable), other.cursor() as cursor:
                cursor.execute("delete from raw.ads where ad_key = 1")
            other.rollback()
            other.cursor().execute("select * from raw.ads")  # reading goes on
        met.append(table)

    met: list[str] = []
    archive_month(two_months, store, JANUARY, meddle)
    assert set(met) == set(TABLES)
