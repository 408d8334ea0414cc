"""How right the warehouse is about pay, places, skills, copies and the facts of a job, against gold
sets that people made by reading (`tests/gold/`): precision, recall and F1, with the worst misses by id.
Then how good the first ten answers are, to searches and to "more like this ad", beside other systems.

    make quality

The gold sets hold ids and labels alone. The ads themselves are not part of the project: they lie in
`shared/` beside it, and without them there is nothing to measure.
"""

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from core.paths import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from databases import new_database
from gold import nearness, sets
from gold.warehouse import jobs_of, listings_of, load_real_ads
from houses import House
from real_ads import SHARED

from core.database import connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from pipeline.services import LocalServices

GOLD = ROOT / "tests" / "gold"


def main() -> None:
    if not SHARED.exists():
        sys.exit(
            "The real ads are not here: quality is measured where `shared/` lies beside the project."
        )
    with TemporaryDirectory(prefix="jobdash-quality-") as folder:
        services = LocalServices(Path(folder))
        try:
            server = os.environ.get("DATABASE_URL") or services.start_postgres()
            cache = os.environ.get("REDIS_URL") or services.start_cache()
            with new_database(server) as dsn:
                with closing(connect(dsn)) as connection:
                    migrate(connection, MIGRATIONS)
                house = House(dsn, cache, Path(folder))
                load_real_ads(house)
                jobs, listings = jobs_of(house), listings_of(house)
        finally:
            services.stop_cache()
            services.stop_postgres()
    print(f"\n{len(jobs):,} real ads against the gold sets in {GOLD.relative_to(ROOT)}/\n")
    for judge in (sets.pay, sets.places, sets.skills, sets.copies, sets.facts):
        for score in judge(GOLD, jobs):
            print("\n".join(score.lines()) + "\n")
    print("\n".join(nearness.lines(GOLD, listings)))


if __name__ == "__main__":
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    main()
