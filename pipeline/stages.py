"""The five stages. Each takes a context, is safe to run again, and returns what it did."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time

from core.batches import STAGES
from core.settings import ADZUNA_API
from ingest.adzuna.client import AdzunaClient
from ingest.collect import collect as collect_searches
from ingest.landing import land_call
from ingest.searches import load_searches
from ingest.simulator import SimulatorServer, load_ads
from pipeline.context import Context
from pipeline.generations import discard_outdated_marts, mark_marts
from pipeline.law import count_law, count_vanished, record_law
from pipeline.models import (
    newest_version_for,
    published_version,
    read_corpus,
    record_version,
    taken,
)
from pipeline.progress import counting, say, warn
from pipeline.publication import publish
from serve.cache import announce


@dataclass(frozen=True)
class Done:
    """What a stage did: a sentence for people, and counts for the audit."""

    told: str
    counts: Mapping[str, object]


# Adzuna's free keys allow 25 calls a minute.
ADZUNA_PAUSE_S = 60 / 25
SIMULATOR_KEYS = ("simulator", "simulator")
SIMULATOR_SEED = 1


def collect(context: Context) -> Done:
    """Asks the source for every search and lands what it answers in `raw`."""
    searches = load_searches(context.searches)
    with _source(context) as client, counting("ads") as advance:
        counts = collect_searches(
            context.connection,
            context.batch,
            searches,
            client,
            on_page=lambda search, page: advance(
                f"{search.name}, page {page.number}", len(page.ads), page.reported_count
            ),
            on_skip=lambda search, page, why: warn(
                f"  page {page} of the search {search.name} was passed over: {why}"
            ),
        )
    failed = f", {counts.failed_calls:,} calls failed" if counts.failed_calls else ""
    skipped = f", {counts.skipped_pages:,} pages lost" if counts.skipped_pages else ""
    return Done(
        f"{counts.collected:,} ads in {counts.calls:,} calls: {counts.inserted:,} new, "
        f"{counts.updated:,} changed, {counts.unchanged:,} unchanged, {counts.repeated:,} repeated"
        f"{failed}{skipped}",
        asdict(counts),
    )


def validate(context: Context) -> Done:
    """Reads the raw ads into staging, tests them, and puts what cannot be used into quarantine."""
    discard_outdated_marts(context.connection)
    built = context.dbt.build(select=["staging", "quarantined_ads"])
    law = count_law(context.connection, context.batch)
    law.check()
    record_law(context.connection, context.batch, law)
    return Done(str(law), {**asdict(built), **asdict(law)})


def enrich(context: Context) -> Done:
    """Cleans, understands and tests the ads, and builds the next marts beside the published ones."""
    discard_outdated_marts(context.connection)
    built = context.dbt.build(select=["resource_type:seed", "intermediate", "marts"])
    mark_marts(context.connection)
    vanished = count_vanished(context.connection, context.batch)
    return Done(
        f"{built.models:,} models and {built.tests:,} tests passed, the slowest model "
        f"{built.slowest}; {vanished:,} ads vanished",
        {**asdict(built), "vanished": vanished},
    )


def vectorize(context: Context) -> Done:
    """Learns which ads are alike. Ads that did not change keep the version that is there."""
    from ml.corpus import arrange  # scikit-learn takes a second, and four stages do without it
    from ml.model import build
    from ml.store import write
    from ml.versions import version_name

    connection, batch = context.connection, context.batch
    ids, texts = read_corpus(connection)
    corpus_sha256 = arrange(texts, ids).sha256()
    known = newest_version_for(connection, corpus_sha256, context.settings.model_folder)
    if known:
        counts = {"version": known, "built": False, "ads": len(ids)}
        return Done(f"{known} stays: it knows these {len(ids):,} ads", counts)
    version = version_name(batch.day, taken(connection))
    model = build(
        texts,
        ids,
        batch_id=batch.batch_id,
        # the batch's day and not the hour, so that the same ads give the same files
        created=datetime.combine(batch.day, time(), UTC),
        parent=published_version(connection),
    )
    files = write(model, context.settings.model_folder, version)
    record_version(connection, batch, version, files, model.manifest)
    ads, features = model.manifest.ads, model.manifest.features
    return Done(
        f"{version} learned from {ads:,} ads, {features:,} terms",
        {"version": version, "built": True, "ads": ads, "features": features},
    )


def export(context: Context) -> Done:
    """Shows the new marts and the new model to every reader at once, then tells the cache."""
    published = publish(context.connection, context.batch)
    announce(context.redis_url, published, warn)
    return Done(
        f"batch {published.batch_id} is published with {published.model_version}",
        {"version": published.model_version, "batch_id": published.batch_id},
    )


STAGE_FUNCTIONS: Mapping[str, Callable[[Context], Done]] = dict(
    zip(STAGES, (collect, validate, enrich, vectorize, export), strict=True)
)


@contextmanager
def _source(context: Context):
    """A client of Adzuna, or of a simulator that lives as long as the stage."""
    settings = context.settings

    def client(base_url: str, app_id: str, app_key: str) -> AdzunaClient:
        return AdzunaClient(
            base_url,
            app_id,
            app_key,
            first_wait=settings.retry_wait,
            pause=ADZUNA_PAUSE_S if base_url == ADZUNA_API else 0.0,
            on_failed_call=lambda call: land_call(
                context.connection, context.batch.batch_id, AdzunaClient.source, call
            ),
        )

    app_id, app_key = (
        (settings.adzuna_app_id.get_secret_value(), settings.adzuna_app_key.get_secret_value())
        if settings.has_keys
        else SIMULATOR_KEYS
    )
    if not settings.uses_simulator:
        yield client(settings.adzuna_base_url, app_id, app_key)
        return
    say(
        f"  no ADZUNA_APP_ID and ADZUNA_APP_KEY: {settings.simulator_ads:,} ads of the simulator, "
        f"as they stand on {context.batch.day}"
    )
    ads = load_ads(
        generate=settings.simulator_ads, seed=SIMULATOR_SEED, day=context.batch.day, files=[]
    )
    with SimulatorServer(ads, today=context.batch.day) as simulator:
        yield client(simulator.base_url, app_id, app_key)
