"""How long the ten nearest ads take, to another ad and to typed words, beside what one would take
otherwise.

    python bench/nearest_ads.py                    # 8,737, 100,000 and 500,000 generated ads
    python bench/nearest_ads.py 20000              # a try
    python bench/nearest_ads.py --no-full-text     # without PostgreSQL, which takes minutes

Questions come one after another in one thread, warm. Typed words are three of an ad's title. The other
ways answer fewer questions, because they take so long. Of the questions that the cosine row answered,
the scores of jobdash's ten are held against its.
"""

import argparse
import random
import time
from collections.abc import Sequence
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from nearness.ads import generated_ads, listings_of
from nearness.finders import Finder, cosine_row, full_text, inverted_product, jobdash, words_of
from psycopg2.extensions import connection as Connection
from scipy.sparse import csr_array
from scratch import own_server
from sklearn.metrics.pairwise import cosine_similarity

from core.database import connect
from ml.corpus import Ad, Corpus, arrange
from ml.index import Index
from ml.model import Asked, Model, build
from ml.narrowing import Narrowing, Near
from ml.vectorizer import Vectorizer

SIZES = (8_737, 100_000, 500_000)
QUESTIONS = {
    "jobdash": 1_000,
    "scipy, by terms": 200,
    "scikit-learn's cosine row": 20,
    "PostgreSQL": 10,
}
NOW = datetime(2026, 1, 8, tzinfo=UTC)
THREE = Narrowing(
    named=(("contract", "permanent"),), annual_pay_from=30_000, near=Near(45.76, 4.83, 150)
)
ASKED = {
    "alone": Asked(10),
    "with three filters": Asked(10, narrowing=THREE),
    "with counts": Asked(10, facets=("contract", "department", "city", "company")),
}
SAME = 2e-6  # float32 adds up in another order


class Question(NamedTuple):
    vector: csr_array
    words: Sequence[str]


def main() -> None:
    asked = arguments()
    with own_server() if asked.full_text else nullcontext() as dsn:
        for size in asked.sizes:
            with closing(connect(dsn)) if dsn else nullcontext() as connection:
                compare(arrange(generated_ads(size)), connection)


def compare(corpus: Corpus, connection: Connection | None) -> None:
    model = build(corpus.ads, listings_of(corpus.ads), batch_id=1, created=NOW)
    vectorizer, index = model.vectorizer, model.index
    matrix = index.postings.tocsr()
    print(f"\n{matrix.shape[0]:,} ads, {matrix.nnz / matrix.shape[0]:.0f} terms each: milliseconds")
    finders = {
        "jobdash": jobdash(index),
        "scipy, by terms": inverted_product(matrix),
        "scikit-learn's cosine row": cosine_row(matrix),
    }
    if connection:
        finders["PostgreSQL"] = full_text(connection, corpus.ads)
    draw = random.Random(1)
    sources = draw.choices(corpus.ads, k=max(QUESTIONS.values()))
    for kind, questions in (
        ("an ad", [similar_to(vectorizer, ad) for ad in sources]),
        ("typed words", [typed(vectorizer, ad, draw) for ad in sources]),
    ):
        print(f"{'like ' + kind:<32}{'p50':>9}{'p99':>9}{'times':>9}")
        ours = None
        for name, find in finders.items():
            p50, p99 = seconds(find, questions[: QUESTIONS[name]])
            ours = ours or p50
            print(f"    {name:<28}{p50 * 1e3:9.3f}{p99 * 1e3:9.3f}{p50 / ours:9.1f}")
        wrong = sum(not is_same(index, matrix, question) for question in questions[:20])
        print(f"    of 20 answers, other than the cosine row's: {wrong}")
    tell_whole(model, [question.words for question in questions])


def tell_whole(model: Model, typed_words: Sequence[Sequence[str]]) -> None:
    """With all that a search does: reading what was typed, filters, totals, why, counts."""
    print(f"{'a whole search, typed words':<32}{'p50':>9}{'p99':>9}{'times':>9}")
    alone = None
    for name, asked in ASKED.items():
        texts = [" ".join(words) for words in typed_words[: QUESTIONS["jobdash"]]]
        p50, p99 = seconds(
            lambda text, how=asked: model.search(text, how), [(text,) for text in texts]
        )
        alone = alone or p50
        print(f"    {name:<28}{p50 * 1e3:9.3f}{p99 * 1e3:9.3f}{p50 / alone:9.1f}")


def similar_to(vectorizer: Vectorizer, ad: Ad) -> Question:
    return Question(vectorizer.vectors([ad]), words_of(f"{ad.title} {ad.text}"))


def typed(vectorizer: Vectorizer, ad: Ad, draw: random.Random) -> Question:
    words = words_of(ad.title)
    chosen = draw.sample(words, min(3, len(words)))
    return Question(vectorizer.query(chosen), chosen)


def seconds(find: Finder, questions: Sequence[Question]) -> tuple[float, float]:
    find(*questions[0])
    taken = []
    for question in questions:
        began = time.perf_counter()
        find(*question)
        taken.append(time.perf_counter() - began)
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 99))


def is_same(index: Index, matrix: csr_array, question: Question) -> bool:
    positions, scores = index.top(question.vector, 10)[:2]
    row = cosine_similarity(question.vector, matrix).ravel()
    best = np.sort(row)[::-1][: len(scores)]
    return np.allclose(scores, best, atol=SAME) and np.allclose(scores, row[positions], atol=SAME)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many ads")
    parser.add_argument("--no-full-text", dest="full_text", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    main()
