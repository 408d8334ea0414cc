"""A database as the release before `raw` was kept by month left it, after weeks of collecting."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg2.extensions import connection as Connection

from core.database import transaction
from core.migrations import migrate
from core.paths import MIGRATIONS

# Three batches over New Year. Ad a is another one and then itself again, b comes twice in a batch, c
# is gone after the first, d is of the second search alone. A page failed, one was passed over.
WORLD = """
insert into raw.requests
    (batch_id, source, search, page, query, outcome, status, ads, reported_count, ms, error, requested_at)
values
    (1, 'adzuna', 'france', 1, '{"what": "développeur"}', 'landed', 200, 3, 3, 80, null, '2025-12-31 22:00:00.5Z'),
    (1, 'adzuna', 'france', 2, '{}', 'failed', 502, null, null, 90, 'bad gateway', '2025-12-31 22:01Z'),
    (1, 'adzuna', 'france', 2, '{}', 'skipped', 200, null, null, 90, 'no JSON', '2025-12-31 22:02Z'),
    (1, 'adzuna', 'france', 3, '{}', 'end', 200, 0, 3, 70, null, '2025-12-31 22:03Z'),
    (2, 'adzuna', 'france', 1, '{}', 'landed', 200, 2, 2, 80, null, '2025-12-31 23:59:59.999999Z'),
    (2, 'adzuna', 'france', 2, '{}', 'end', 200, 0, 2, 80, null, '2026-01-01 00:00:00Z'),
    (2, 'adzuna', 'paris', 1, '{}', 'landed', 200, 2, 2, 80, null, '2026-01-01 00:00:00.000001Z'),
    (2, 'adzuna', 'paris', 2, '{}', 'end', 200, 0, 2, 80, null, '2026-01-01 00:00:01Z'),
    (3, 'adzuna', 'france', 1, '{}', 'landed', 200, 1, 1, 80, null, '2026-01-02 22:00Z');

insert into raw.ads (job_id, source, country, ad_id, payload, content_hash, batch_id, fetched_at)
values
    ('a0000000-0000-0000-0000-000000000000', 'adzuna', 'fr', '1', '{"title": "Été"}', 'x', 1, '2025-12-31 22:00:00.5Z'),
    ('b0000000-0000-0000-0000-000000000000', 'adzuna', 'fr', '2', '{"pay": 1.50}', 'x', 1, '2025-12-31 22:00:00.5Z'),
    ('c0000000-0000-0000-0000-000000000000', 'adzuna', 'fr', null, '[1, null]', 'x', 1, '2025-12-31 22:00:00.5Z'),
    ('a0000000-0000-0000-0000-000000000000', 'adzuna', 'fr', '1', '{"title": "Hiver"}', 'y', 2, '2025-12-31 23:59:59.999999Z'),
    ('d0000000-0000-0000-0000-000000000000', 'adzuna', 'fr', '4', '{}', 'x', 2, '2026-01-01 00:00:00.000001Z'),
    ('a0000000-0000-0000-0000-000000000000', 'adzuna', 'fr', '1', '{"title": "Été"}', 'x', 3, '2026-01-02 22:00Z');

insert into raw.sightings (batch_id, search, page, position, job_id, outcome)
values
    (1, 'france', 1, 1, 'a0000000-0000-0000-0000-000000000000', 'inserted'),
    (1, 'france', 1, 2, 'b0000000-0000-0000-0000-000000000000', 'inserted'),
    (1, 'france', 1, 3, 'c0000000-0000-0000-0000-000000000000', 'inserted'),
    (2, 'france', 1, 1, 'a0000000-0000-0000-0000-000000000000', 'updated'),
    (2, 'france', 1, 2, 'b0000000-0000-0000-0000-000000000000', 'unchanged'),
    (2, 'paris', 1, 1, 'b0000000-0000-0000-0000-000000000000', 'repeated'),
    (2, 'paris', 1, 2, 'd0000000-0000-0000-0000-000000000000', 'inserted'),
    (3, 'france', 1, 1, 'a0000000-0000-0000-0000-000000000000', 'updated');

insert into raw.sweeps (batch_id, search, is_complete, pages, finished_at)
values
    (1, 'france', false, 2, '2025-12-31 22:03Z'),
    (2, 'france', true, 1, '2026-01-01 00:00Z'),
    (2, 'paris', true, 1, '2026-01-01 00:00:01Z');
"""  # noqa: E501


def fill_as_before(connection: Connection) -> None:
    """An empty database gets the first five migrations and three batches."""
    with TemporaryDirectory() as folder:
        for path in MIGRATIONS.glob("00[1-5]*.sql"):
            shutil.copy(path, folder)
        migrate(connection, Path(folder))
    with transaction(connection) as cursor:
        cursor.execute(WORLD)
