"""Ways to find the ten nearest ads: jobdash's, and what one would take otherwise."""

from collections.abc import Callable, Sequence

import numpy as np
from psycopg2.extensions import connection as Connection
from psycopg2.extras import execute_values
from scipy.sparse import csr_array
from sklearn.metrics.pairwise import cosine_similarity

from core.database import transaction
from ml.corpus import Ad
from ml.index import Index
from ml.text import tokens

TOP = 10
# Of one question: its vector, and its words.
Finder = Callable[[csr_array, Sequence[str]], object]


def jobdash(index: Index) -> Finder:
    return lambda query, words: index.top(query, TOP)


def cosine_row(matrix: csr_array) -> Finder:
    """scikit-learn's cosines to all ads, and a sort."""

    def find(query: csr_array, words: Sequence[str]) -> object:
        return np.argsort(-cosine_similarity(query, matrix).ravel(), kind="stable")[:TOP]

    return find


def inverted_product(matrix: csr_array) -> Finder:
    """scipy's product with a matrix that is kept by terms, and a partition."""
    by_terms = matrix.tocsc()

    def find(query: csr_array, words: Sequence[str]) -> object:
        sums = by_terms[:, query.indices] @ query.data
        found = np.flatnonzero(sums)
        if len(found) > TOP:
            found = found[np.argpartition(sums[found], -TOP)[-TOP:]]
        return found[np.argsort(-sums[found])]

    return find


def full_text(connection: Connection, ads: Sequence[Ad]) -> Finder:
    """PostgreSQL's words with a GIN index, any of them, by `ts_rank`."""
    with transaction(connection) as cursor:
        cursor.execute("drop table if exists texts")
        cursor.execute("create table texts (place integer, words tsvector)")
        execute_values(
            cursor,
            "insert into texts (place, words) values %s",
            ((place, ad.title + " " + ad.text) for place, ad in enumerate(ads)),
            template="(%s, to_tsvector('french', %s))",
            page_size=1_000,
        )
        cursor.execute("create index on texts using gin (words)")
    connection.commit()
    with transaction(connection) as cursor:
        cursor.execute("analyze texts")

    def find(query: csr_array, words: Sequence[str]) -> object:
        with transaction(connection) as cursor:
            cursor.execute(
                "select place from texts, to_tsquery('french', %s) as asked"
                " where words @@ asked order by ts_rank(words, asked) desc limit %s",
                (" | ".join(f"'{word}'" for word in words if "'" not in word), TOP),
            )
            return cursor.fetchall()

    return find


def words_of(text: str) -> list[str]:
    return list(dict.fromkeys(tokens(text)))
