"""What is asked of a world of ads: words that stand in them, and the ads themselves."""

import random
from contextlib import closing
from urllib.parse import quote

from core.database import connect, transaction
from ml.text import tokens

TEXTS = 5_000
SEED = 1


def searches(dsn: str, words: int, count: int) -> list[str]:
    """Paths of searches, each of so many words of one ad's title and text, no two alike."""
    vocabularies = [list(dict.fromkeys(tokens(text))) for text in _texts(dsn)]
    vocabularies = [vocabulary for vocabulary in vocabularies if len(vocabulary) >= words]
    draw = random.Random(SEED)
    queries = {" ".join(draw.sample(draw.choice(vocabularies), words)): None for _ in range(count)}
    return [f"/api/jobs/search?q={quote(query)}" for query in queries]


def similar(dsn: str, count: int) -> list[str]:
    """Paths that ask for jobs like a job, another one each time."""
    return [f"/api/recommend?job_id={job_id}" for job_id in _rows(dsn, _JOBS, count)]


_TEXTS = """
select concat_ws(' ', title, description) from marts.jobs
where is_open and is_canonical order by md5(job_id::text) limit %s
"""
_JOBS = "select job_id from marts.jobs where is_open order by md5(job_id::text) limit %s"


def _texts(dsn: str) -> list[str]:
    return _rows(dsn, _TEXTS, TEXTS)


def _rows(dsn: str, query: str, count: int) -> list[str]:
    with closing(connect(dsn)) as connection, transaction(connection) as cursor:
        cursor.execute(query, (count,))
        return [value for (value,) in cursor.fetchall()]
