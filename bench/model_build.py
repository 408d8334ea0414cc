"""What a model costs: to build from nothing, to go on from with 250 new ads, to load, and to hold in
four processes.

    python bench/model_build.py           # 500,000 generated ads
    python bench/model_build.py 20000     # a try

Beside it what one would take otherwise: a loop that tokenises and stems each ad by itself with NLTK
(some thousand ads, and as many times longer for all), and scikit-learn's vectorizer with words and
pairs of words over the whole. Each runs in a process of its own; its memory is the most that the
process and those it started held, shared pages once.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import numpy as np
import psutil
from nearness.ads import generated_ads, listings_of
from nltk.stem.snowball import FrenchStemmer
from nltk.tokenize import wordpunct_tokenize
from sklearn.feature_extraction.text import TfidfVectorizer

from ml.corpus import Ad
from ml.facts import Listing
from ml.model import Asked, build
from ml.renewal import Changes, renew
from ml.settings import FEATURES
from ml.store import load, write
from ml.text import STOP_WORDS
from ml.vectorizer import fit

ADS, FEW, NEW = 500_000, 10_000, 250
LOOP_ADS = 5_000
VERSION = "tfidf_v20260108"
FILES = "files.json"  # what the store vouches for
PROCESSES = 4
MIB = 1024 * 1024
NOW = datetime(2026, 1, 8, tzinfo=UTC)


def main() -> None:
    asked = arguments()
    generated = generated_ads(asked.ads + NEW)
    ads, new = generated[:-NEW], generated[-NEW:]
    print(f"{len(ads):,} ads from nothing      seconds   MiB above the ads")
    with TemporaryDirectory(prefix="jobdash-model-") as folder:
        listings = listings_of(ads)
        ours = tell("jobdash, written to the store", build_and_write, ads, listings, Path(folder))
        part = ads[:LOOP_ADS]
        loop = tell("a loop with NLTK", nltk_loop, part, times=len(ads) / len(part))
        scikit = tell("scikit-learn's vectorizer", scikit_learn, ads)
        alone = tell("jobdash's vectorizer alone", vectors_alone, ads)
        print(
            f"times as fast: as the loop {loop / ours:.1f}, as scikit-learn {scikit / ours:.1f};"
            f" vectorizer beside vectorizer {scikit / alone:.1f}"
        )
        tell_loading(Path(folder), ads[0])
        tell_night(Path(folder), ads, new)
    with TemporaryDirectory(prefix="jobdash-model-") as folder:
        build_and_write(ads[:FEW], listings[:FEW], Path(folder))
        tell_night(Path(folder), ads[:FEW], new)


def tell(name: str, work: Callable, *arguments: object, times: float = 1) -> float:
    """Runs `work` in a process of its own."""
    context = get_context("fork")  # the ads are there already
    done: Queue = context.Queue()
    process = context.Process(target=_measured, args=(done, work, arguments))
    process.start()
    seconds, mib = done.get()
    process.join()
    note = f"   (from {LOOP_ADS:,})" if times > 1 else ""
    print(f"    {name:<30}{seconds * times:9.1f}{mib:13,.0f}{note}", flush=True)
    return seconds * times


def _measured(done: Queue, work: Callable, arguments: Sequence[object]) -> None:
    ended, most, own = Event(), [0], psutil.Process()
    before = own.memory_full_info().pss

    def look() -> None:
        while not ended.wait(0.2):
            held = [own, *own.children(recursive=True)]
            most[0] = max(most[0], sum(_pss(process) for process in held))

    thread = Thread(target=look)
    thread.start()
    began = time.perf_counter()
    work(*arguments)
    seconds = time.perf_counter() - began
    ended.set()
    thread.join()
    done.put((seconds, max(most[0] - before, 0) / MIB))


def _pss(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss
    except psutil.Error:  # it ended
        return 0


def build_and_write(ads: Sequence[Ad], listings: Sequence[Listing], folder: Path) -> None:
    model = build(ads, listings, batch_id=1, created=NOW)
    files = write(model, folder, VERSION)
    (folder / FILES).write_text(json.dumps(files))


def nltk_loop(ads: Sequence[Ad]) -> None:
    stemmer = FrenchStemmer()
    for ad in ads:
        words = wordpunct_tokenize(f"{ad.title} {ad.text}".lower())
        " ".join(stemmer.stem(word) for word in words if word.isalpha() and word not in STOP_WORDS)


def scikit_learn(ads: Sequence[Ad]) -> None:
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), max_features=FEATURES, stop_words=sorted(STOP_WORDS), dtype=np.float32
    )
    vectorizer.fit_transform(f"{ad.title} {ad.text}" for ad in ads)


def vectors_alone(ads: Sequence[Ad]) -> None:
    """What scikit-learn's does too: without index, facts and files."""
    fit(ads)


def tell_night(folder: Path, ads: Sequence[Ad], new: Sequence[Ad]) -> None:
    began = time.perf_counter()
    parent = load(folder, VERSION, json.loads((folder / FILES).read_text()))
    loaded = time.perf_counter()
    model = renew(parent, Changes(new, [], listings_of(new), []), batch_id=2, created=NOW)
    renewed = time.perf_counter()
    write(model, folder, f"{VERSION}.2")
    written = time.perf_counter()
    print(
        f"{len(new)} new ads on {len(ads):,}: {written - began:.2f} s, of which loading"
        f" {loaded - began:.2f}, renewing {renewed - loaded:.2f}, writing {written - renewed:.2f}"
    )


def tell_loading(folder: Path, ad: Ad) -> None:
    files = json.loads((folder / FILES).read_text())
    load(folder, VERSION, files)
    began = time.perf_counter()
    model = load(folder, VERSION, files)
    print(f"loaded, its files' sums checked, in {time.perf_counter() - began:.2f} s")
    del model
    context = get_context("spawn")
    for count in (1, PROCESSES):
        ready, end = context.Queue(), context.Event()
        processes = [
            context.Process(target=_hold, args=(folder, files, ad, ready, end))
            for _ in range(count)
        ]
        for process in processes:
            process.start()
        for _ in processes:
            ready.get()
        held = sum(psutil.Process(process.pid).memory_full_info().pss for process in processes)
        end.set()
        for process in processes:
            process.join()
        print(f"held by {count} processes that answer: {held / MIB:,.0f} MiB")


def _hold(folder: Path, files: dict, ad: Ad, ready: Queue, end) -> None:
    model = load(folder, VERSION, files)
    model.similar(ad, Asked(10))
    ready.put(True)
    end.wait()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ads", nargs="?", type=int, default=ADS, help="how many (500,000)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
