"""The index answers like a whole row of cosines and a sort."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_ads import made_ads
from scipy.sparse import csr_array
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.preprocessing import normalize

from ml.ids import as_array
from ml.index import Index
from ml.nearest import BLOCK
from ml.vectorizer import fit

SLACK = 1e-6


def numbered(count: int) -> list[UUID]:
    return [UUID(int=7 * number) for number in range(count)]


def rows_of_length_one(rows: np.ndarray) -> csr_array:
    return csr_array(normalize(csr_array(rows.astype(np.float32))))


def assert_like_row_and_sort(matrix, query, n, exclude, positions, scores):
    row = cosine_similarity(query, matrix).ravel()
    row[list(exclude)] = 0
    best = np.sort(row)[::-1][:n]
    best = best[best > 0]
    assert np.allclose(scores, best, rtol=0, atol=SLACK)
    assert np.allclose(scores, row[positions], rtol=0, atol=SLACK)
    assert len(set(positions)) == len(positions)
    assert (np.diff(scores) <= 0).all()
    assert (np.diff(positions)[np.diff(scores) == 0] > 0).all()


@st.composite
def sparse_rows(draw):
    """Rows that repeat, so that ads tie, and rows of zeros."""
    width = draw(st.integers(1, 12))
    weights = st.sampled_from([0, 0, 0, 1, 2, 9])
    kinds = draw(st.lists(st.lists(weights, min_size=width, max_size=width), min_size=1))
    return np.array(draw(st.lists(st.sampled_from(kinds), min_size=2, max_size=40)))


@given(sparse_rows(), st.integers(1, 12), st.data())
def test_random_matrices(rows, n, data):
    ads, query = rows_of_length_one(rows[1:]), rows_of_length_one(rows[:1])
    exclude = data.draw(st.sets(st.integers(0, ads.shape[0] - 1), max_size=4))
    index = Index(ads, as_array(numbered(ads.shape[0])))
    positions, scores = index.top(query, n, list(exclude))[:2]
    assert_like_row_and_sort(ads, query, n, exclude, positions, scores)

    chosen = set(positions)
    for position in chosen:
        same = np.flatnonzero((rows[1:] == rows[1 + position]).all(axis=1))
        earlier = {other for other in same if other < position} - exclude
        assert earlier <= chosen, "of equal ads the first come first, also at the n-th place"


ADS = list(made_ads(250))
VECTORIZER, MATRIX, _ = fit(ADS)
INDEX = Index(MATRIX, as_array(numbered(len(ADS))))
WORDS = st.sampled_from(VECTORIZER.vocabulary.names) | st.just("inconnu")


QUERIES = st.lists(WORDS, max_size=30).map(lambda words: VECTORIZER.query(words))


@given(st.sampled_from(ADS).map(lambda ad: VECTORIZER.vectors([ad])) | QUERIES, st.integers(1, 300))
def test_ads_and_typed_words(query, n):
    positions, scores = INDEX.top(query, n)[:2]
    assert_like_row_and_sort(MATRIX, query, n, (), positions, scores)


def test_equal_ads_come_in_their_order():
    index = Index(rows_of_length_one(np.ones((50, 3))), as_array(numbered(50)))
    positions, scores = index.top(rows_of_length_one(np.ones((1, 3))), 4, [1])[:2]
    assert positions.tolist() == [0, 2, 3, 4]
    assert scores == pytest.approx(1, abs=SLACK)


@given(sparse_rows(), st.integers(1, 12), st.data())
def test_only_what_is_allowed_comes_and_all_of_it_is_counted(rows, n, data):
    ads, query = rows_of_length_one(rows[1:]), rows_of_length_one(rows[:1])
    count = ads.shape[0]
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    index = Index(ads, as_array(numbered(count)))
    positions, scores, matching, listed = index.top(query, n, (), allowed, is_listed=True)
    forbidden = np.flatnonzero(~allowed)
    assert_like_row_and_sort(ads, query, n, forbidden, positions, scores)
    shares = (ads @ query.T).toarray().ravel() > 0
    assert listed.tolist() == np.flatnonzero(shares & allowed).tolist()
    assert matching == len(listed)


def test_all_that_match_are_counted_in_a_corpus_of_several_blocks():
    count = 2 * BLOCK + 7
    weights = np.tile(np.float32([1, 0.6, 0]), count // 3 + 1)[:count]
    index = Index(csr_array(weights[:, None]), np.arange(count, dtype=">u8").repeat(2).view("V16"))
    query = csr_array(np.ones((1, 1), np.float32))
    allowed = np.ones(count, bool)
    allowed[:BLOCK] = False
    positions, scores, matching, listed = index.top(query, 3, [BLOCK + 1], allowed, is_listed=True)
    expected = np.flatnonzero(weights > 0)
    expected = expected[(expected >= BLOCK) & (expected != BLOCK + 1)]
    assert np.array_equal(listed, expected)
    best = expected[weights[expected] == 1][:3]
    assert (positions.tolist(), scores.tolist(), matching) == (
        best.tolist(),
        [1, 1, 1],
        len(expected),
    )
    assert index.top(query, 3, [BLOCK + 1], allowed)[2] == matching


def test_no_ad_is_nearer_than_itself():
    scores = np.concatenate([INDEX.top(MATRIX[[row]], 1)[1] for row in range(len(ADS))])
    assert (scores <= 1).all()
    assert scores == pytest.approx(1, abs=SLACK)


def test_threads_get_the_answers_of_one():
    queries = [VECTORIZER.vectors([ad]) for ad in ADS[:60]]
    alone = [INDEX.top(query, 5)[0].tolist() for query in queries]
    with ThreadPoolExecutor(8) as threads:
        together = [found.tolist() for found, *_ in threads.map(lambda q: INDEX.top(q, 5), queries)]
    assert together == alone


def test_ids_and_positions():
    ids = numbered(4)
    index = Index(rows_of_length_one(np.eye(4)), as_array(ids))
    unknown = [UUID(int=1), UUID(int=2**128 - 1)]
    assert index.positions([ids[3], *unknown, ids[0]]).tolist() == [3, 0]
    assert index.positions([]).tolist() == []
    assert [index.id(position) for position in range(4)] == ids


def test_no_ads_wanted_is_refused():
    with pytest.raises(ValueError, match="at least 1, not 0"):
        INDEX.top(VECTORIZER.query(["qualité"]), 0)


def test_ids_must_fit_the_matrix():
    with pytest.raises(ValueError, match="3 rows need as many ids, not 2"):
        Index(rows_of_length_one(np.eye(3)), as_array(numbered(2)))
