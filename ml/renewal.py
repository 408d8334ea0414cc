"""A version from the one before it and what changed since: it costs what changed.

Vocabulary and weights stay those of the fit, so that the version answers as one built from nothing
with the same vocabulary would. They are fitted anew when `is_due` says that too much has changed.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import numpy as np

from ml.corpus import Ad, arrange
from ml.facts import Listing
from ml.ids import as_array
from ml.index import Index
from ml.model import Model
from ml.settings import REFIT_AFTER_CHANGED, REFIT_AFTER_UNKNOWN, REFIT_FEWEST_WORDS


@dataclass(frozen=True)
class Changes:
    """`ads` are new or other than they were, `left` stand for no posting any more. `listings` are all
    open ads of the postings that were touched, `closed` those that are listed no longer."""

    ads: Sequence[Ad]
    left: Collection[UUID]
    listings: Sequence[Listing]
    closed: Collection[UUID]

    def __bool__(self) -> bool:
        return any((self.ads, self.left, self.listings, self.closed))


def renew(parent: Model, changes: Changes, *, batch_id: int, created: datetime) -> Model:
    """Rows of ads that changed are replaced, others come and leave; of what did not change nothing is
    read again. Raises RepeatedAd."""
    added = arrange(changes.ads)
    leaving = parent.index.positions([*changes.left, *(ad.job_id for ad in added.ads)])
    stays = np.ones(len(parent.index.ids), bool)
    stays[leaving] = False
    standing = np.flatnonzero(stays)
    order = np.searchsorted(parent.index.ids[stays], added.ids)
    places_of_added = (order + np.arange(len(order))).astype(np.int32)
    is_added = np.zeros(len(standing) + len(order), bool)
    is_added[places_of_added] = True
    places = np.full(len(stays), -1, np.int32)
    places[standing] = np.flatnonzero(~is_added)

    vectors, said_by_added = parent.vectorizer.read(added.ads)
    index = parent.index.joined(Index(vectors, added.ids), places, places_of_added)
    rows = np.empty(len(is_added), np.int64)
    rows[~is_added], rows[is_added] = standing, len(stays) + np.arange(len(order))
    said = parent.said.followed_by(said_by_added).taken(rows)
    listings = _completed(changes.listings, added.ads)
    told_anew = as_array([*changes.closed, *(listing.job_id for listing in listings)])
    facts = parent.facts.moved(places, without=told_anew).joined(listings, index.ids)

    known = parent.manifest
    words, unknown = said_by_added.counts()
    manifest = replace(
        known,
        version=None,
        batch_id=batch_id,
        parent=known.version,
        created=created.isoformat(),
        ads=len(index.ids),
        corpus_sha256=_sha256(known.corpus_sha256, changes),
        since_fit={
            "changed": known.since_fit["changed"] + len(leaving) + len(added.ads),
            "words": known.since_fit["words"] + words,
            "unknown": known.since_fit["unknown"] + unknown,
        },
    )
    return Model(parent.vectorizer, index, said, facts, manifest)


def is_due(model: Model) -> bool:
    """Whether vocabulary and weights should be fitted anew: so many ads changed since the fit, or what
    came since says so many words that the vocabulary lacks, more than it lacked then."""
    fit, since = model.manifest.fit, model.manifest.since_fit
    if since["changed"] > REFIT_AFTER_CHANGED * fit["ads"]:
        return True
    lacked = max(fit["unknown"], 1) / max(fit["words"], 1)
    lacks = since["unknown"] / max(since["words"], 1)
    return since["words"] >= REFIT_FEWEST_WORDS and lacks > REFIT_AFTER_UNKNOWN * lacked


def _completed(listings: Sequence[Listing], ads: Sequence[Ad]) -> list[Listing]:
    told = {listing.job_id for listing in listings}
    return [*listings, *(Listing(ad.job_id, ad.job_id) for ad in ads if ad.job_id not in told)]


def _sha256(before: str, changes: Changes) -> str:
    """Equal where the same changes came after the same ads."""
    told = (
        before,
        sorted(changes.ads, key=lambda ad: ad.job_id),
        sorted(changes.left),
        sorted(changes.listings, key=lambda listing: listing.job_id),
        sorted(changes.closed),
    )
    return sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()
