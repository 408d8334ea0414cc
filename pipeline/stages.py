"""The five stages. Each takes a context, is safe to run again, and returns what it did."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from core.batches import STAGES
from ingest.collect import counts_of
from ingest.reading import Teller
from ingest.searches import load_searches
from ingest.side_by_side import collect_all
from ml.errors import ModelOutOfReach
from ml.remote import open_store
from pipeline.context import Context
from pipeline.gate import pass_gate
from pipeline.generations import discard_outdated_marts, mark_marts
from pipeline.law import count_law, count_vanished, record_law
from pipeline.models import (
    newest_version_for,
    old_versions,
    prune,
    published_version,
    read_changes,
    read_corpus,
    record_version,
    taken,
    version_to_renew,
)
from pipeline.progress import counting, say, warn
from pipeline.publication import publish
from pipeline.replay import replay_quarantine
from serve.cache import announce

if TYPE_CHECKING:
    from ml.model import Model


@dataclass(frozen=True)
class Done:
    """What a stage did: a sentence for people, and counts for the audit."""

    told: str
    counts: Mapping[str, object]


def collect(context: Context) -> Done:
    """Asks every source for what the night's plan allows, and lands what it answers in `raw`."""
    searches = load_searches(context.searches)
    with counting("ads") as advance:
        teller = Teller(
            page=lambda search, question, response: advance(
                f"{search.name}, page {question.page}", len(response.ads), response.reported_count
            ),
            note=lambda text: say(f"  {text}"),
        )
        collect_all(context.settings, context.connect, context.batch, searches, teller)
    counts = counts_of(context.connection, context.batch)
    failed = f", {counts.failed_calls:,} calls failed" if counts.failed_calls else ""
    skipped = f", {counts.skipped_pages:,} pages lost" if counts.skipped_pages else ""
    return Done(
        f"{counts.collected:,} ads in {counts.calls:,} calls: {counts.inserted:,} new, "
        f"{counts.updated:,} changed, {counts.unchanged:,} unchanged, {counts.repeated:,} repeated"
        f"{failed}{skipped}",
        asdict(counts),
    )


def replay(context: Context) -> Done:
    """In place of `collect`: takes quarantined ads up again that the mended rules let through."""
    # without the ephemeral models of `ops`: dbt compiles the tests of those only once a process
    context.dbt.build(select=["+int_ads_unioned"])
    replayed = replay_quarantine(context.connection, context.batch)
    return Done(f"{replayed:,} quarantined ads are judged again", {"replayed": replayed})


def validate(context: Context) -> Done:
    """Reads the raw ads into staging, tests them, and puts what cannot be used into quarantine."""
    discard_outdated_marts(context.connection)
    built = context.dbt.build(select=["staging", "+quarantined_ads"])
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
    """Learns which ads are alike: of what changed since the version before, or of all ads where there
    is none to go on from or too much has changed. Ads that did not change keep their version."""
    from ml.model import build  # scikit-learn takes a second, and four stages do without it
    from ml.renewal import is_due, renew

    connection, batch, store = context.connection, context.batch, open_store(context.settings)
    # the batch's day and not the hour, so that the same ads give the same files
    created = datetime.combine(batch.day, time(), UTC)
    parent = version_to_renew(connection, batch, store)
    if parent is not None:
        changes = read_changes(connection, parent.manifest.batch_id)
        if not changes:  # what was loaded may be a copy; what stays has to be whole in the store
            known = newest_version_for(connection, parent.manifest.corpus_sha256, store)
            if known:
                return _stays(known, parent.manifest.ads)
        renewed = renew(parent, changes, batch_id=batch.batch_id, created=created)
        if not is_due(renewed):
            return _keep(context, renewed, f"renewed from {parent.manifest.version}")
    ads, listings = read_corpus(connection)
    model = build(
        ads,
        listings,
        batch_id=batch.batch_id,
        created=created,
        parent=published_version(connection),
    )
    return _keep(context, model, "learned")


def _keep(context: Context, model: "Model", how: str) -> Done:
    """Writes a model into the store and on record, if no version there is of the same ads."""
    from ml.store import write
    from ml.versions import version_name

    connection, batch, store = context.connection, context.batch, open_store(context.settings)
    manifest = model.manifest
    known = newest_version_for(connection, manifest.corpus_sha256, store)
    if known:
        return _stays(known, manifest.ads)
    version = version_name(batch.day, taken(connection))
    files = write(model, store, version)
    record_version(connection, batch, version, files, manifest)
    counts = {"ads": manifest.ads, "features": manifest.features, **manifest.since_fit}
    return Done(
        f"{version} {how}: {manifest.ads:,} ads, {manifest.features:,} terms",
        {"version": version, "built": True, **counts},
    )


def _stays(version: str, ads: int) -> Done:
    counts = {"version": version, "built": False, "ads": ads}
    return Done(f"{version} stays: it knows these {ads:,} ads", counts)


def export(context: Context) -> Done:
    """Shows the new marts and the new model to every reader at once, then tells the cache. Raises
    PublicationHeld where the batch is far worse than those before it."""
    pass_gate(context.connection, context.batch)
    published = publish(context.connection, context.batch)
    announce(context.redis_url, published, warn)
    _prune(context)
    return Done(
        f"batch {published.batch_id} is published with {published.model_version}",
        {"version": published.model_version, "batch_id": published.batch_id},
    )


def _prune(context: Context) -> None:
    """A version comes every night, and a store would be full one day. What is published stays
    published where the store does not answer: the next batch tries again."""
    store = open_store(context.settings)
    try:
        for version in old_versions(context.connection):
            prune(context.connection, store, version)
    except (ModelOutOfReach, OSError) as error:
        warn(f"  old versions of the model stay: {error}")


STAGE_FUNCTIONS: Mapping[str, Callable[[Context], Done]] = dict(
    zip(STAGES, (collect, validate, enrich, vectorize, export), strict=True)
)
