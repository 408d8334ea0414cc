"""Thirty queries of a Power BI report over half a million ads, and what one would have otherwise.

    python bench/half_a_million.py --keep .local/stock
    python bench/power_bi.py .local/stock

Each query runs warm, as bi_reader, one after another, 30 times; p50 and p95 are what the client waits
for. Beside it the same question where there is no aggregate for it, or, for pages of details, the same
query without the indexes and the partitions that it uses. Goal: p95 under 50 ms each.
"""

import argparse
import time
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn
from reports.pages import VISUALS, Visual
from scratch import own_server
from stock.databases import KEPT

from core.database import connect

RUNS, RUNS_BESIDE = 30, 5
GOAL_MS = 50
WITHOUT_INDEXES = (
    "enable_indexscan",
    "enable_indexonlyscan",
    "enable_bitmapscan",
    "enable_partition_pruning",
)
# The newest whole month, and of what there is one with many ads and one with a usual number.
CHOICES = """
select
    (date_trunc('month', max(jobs.posted_date)) - interval '1 month')::date::text as month,
    to_char(date_trunc('month', max(jobs.posted_date)) - interval '1 month', 'YYYYMMDD') as month_key,
    max(jobs.posted_date)::text as day,
    max(jobs.job_key) as job_key,
    (
        select company_key from marts.jobs where company_key <> -1
        group by company_key order by count(*) desc, company_key limit 1
    ) as company_key,
    (
        select location_key from marts.jobs where location_key <> -1
        group by location_key order by count(*) desc, location_key offset 20 limit 1
    ) as location_key,
    (
        select skill_key from marts.job_skills where skill_key <> -1
        group by skill_key order by count(*) desc, skill_key offset 20 limit 1
    ) as skill_key,
    (
        select split_part(company_name, ' ', 2) from marts.companies
        where company_key <> -1 and split_part(company_name, ' ', 2) <> ''
        order by company_key limit 1
    ) as word
from marts.jobs
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stock", type=Path, help="the folder that half_a_million.py kept")
    asked = parser.parse_args()
    with (
        own_server(asked.stock) as server_dsn,
        closing(connect(make_dsn(server_dsn, dbname=KEPT))) as connection,
    ):
        report(connection)


def report(connection: Connection) -> None:
    choices = choices_of(connection)
    with connection.cursor() as cursor:
        cursor.execute("set role bi_reader")
        cursor.execute("select count(*) from marts.jobs")
        print(f"{cursor.fetchone()[0]:,} ads, milliseconds\n")
    print(f"{'':<10}{'':<46}{'p50':>8}{'p95':>8}{'beside: p50':>14}{'p95':>8}{'ratio':>8}")
    slow = []
    for visual in VISUALS:
        p50, p95 = timed(connection, visual.sql.format(**choices), RUNS)
        beside_p50, beside_p95 = beside(connection, visual, choices)
        print(
            f"{visual.page:<10}{visual.name:<46}{p50:8.1f}{p95:8.1f}"
            f"{beside_p50:14.1f}{beside_p95:8.1f}{beside_p50 / p50:8.1f}",
            flush=True,
        )
        if p95 >= GOAL_MS:
            slow.append(f"{visual.page}, {visual.name}")
    print(f"\n{len(VISUALS) - len(slow)} of {len(VISUALS)} have their p95 under {GOAL_MS} ms")
    for name in slow:
        print(f"  not: {name}")


def choices_of(connection: Connection) -> dict[str, object]:
    """What the reader of the report clicked on."""
    with connection, connection.cursor() as cursor:
        cursor.execute(CHOICES)
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def beside(connection: Connection, visual: Visual, choices: dict) -> tuple[float, float]:
    """The aggregate's question to the ads; else the same query without indexes."""
    if visual.beside:
        return timed(connection, visual.beside.format(**choices), RUNS_BESIDE)
    with connection.cursor() as cursor:
        for name in WITHOUT_INDEXES:
            cursor.execute(f"set local {name} = off")
        figures = timed(connection, visual.sql.format(**choices), RUNS_BESIDE)
    connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute("set role bi_reader")
    return figures


def timed(connection: Connection, query: str, runs: int) -> tuple[float, float]:
    """p50 and p95 of the milliseconds until the last row is here, after one run that warms up."""
    taken = []
    with connection.cursor() as cursor:
        for _ in range(1 + runs):
            began = time.perf_counter()
            cursor.execute(query)
            cursor.fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    warm = taken[1:]
    return median(warm), quantiles(warm, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    main()
