"""The models' rows in `ops.model_versions`, and the ads that a model is built from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from core.batches import Batch
from core.database import transaction

if TYPE_CHECKING:
    from ml.corpus import Ad
    from ml.facts import Listing
    from ml.manifest import Manifest
    from ml.model import Model
    from ml.remote import Store
    from ml.renewal import Changes

READ_AT_ONCE = 10_000
# A week to notice in, and the version of today.
VERSIONS_KEPT = 8
_ADS = """
select
    jobs.job_id, jobs.title, coalesce(jobs.description, ''), jobs.language,
    nullif(jobs.company_key, -1),
    array(
        select skills.skill_name
        from marts_next.job_skills
        inner join marts_next.skills on job_skills.skill_key = skills.skill_key
        where job_skills.job_key = jobs.job_key and job_skills.skill_key <> -1
        order by skills.skill_name
    )
from marts_next.jobs
where jobs.is_open and jobs.is_canonical
"""
_LISTINGS = """
select
    jobs.job_id, standing.job_id, jobs.country_code, locations.region, locations.department_code,
    locations.city, case when jobs.company_key <> -1 then companies.company_name end,
    jobs.contract_type, jobs.working_time, jobs.remote_mode, jobs.language, jobs.source,
    greatest(jobs.salary_annual_min, jobs.salary_annual_max)::float, jobs.posted_date,
    jobs.latitude, jobs.longitude, jobs.title
from marts_next.jobs
inner join marts_next.jobs as standing on jobs.posting_group_id = standing.posting_group_id
inner join marts_next.locations on jobs.location_key = locations.location_key
inner join marts_next.companies on jobs.company_key = companies.company_key
where jobs.is_open and standing.is_open and standing.is_canonical
"""
_NEWER = " and jobs.batch_id > %(since)s"
_OF_TOUCHED_POSTINGS = """
and jobs.posting_group_id in (
    select touched.posting_group_id from marts_next.jobs as touched where touched.batch_id > %(since)s
)
"""
_LEFT = """
select jobs.job_id, jobs.is_open from marts_next.jobs
where not (jobs.is_open and jobs.is_canonical)
"""


def read_corpus(connection: Connection) -> "tuple[list[Ad], list[Listing]]":
    """One open ad of every posting of the next marts, and what is known of all its open ads."""
    return _ads(connection, _ADS), _listings(connection, _LISTINGS)


def read_changes(connection: Connection, since: int) -> "Changes":
    """What the next marts say since the batch `since`."""
    from ml.renewal import Changes

    left = _rows(connection, _LEFT + _NEWER, since)
    gone = [(UUID(job_id), is_open) for job_id, is_open in left]
    return Changes(
        ads=_ads(connection, _ADS + _NEWER, since),
        left=[job_id for job_id, _ in gone],
        listings=_listings(connection, _LISTINGS + _OF_TOUCHED_POSTINGS, since),
        closed=[job_id for job_id, is_open in gone if not is_open],
    )


def version_to_renew(connection: Connection, batch: Batch, store: "Store") -> "Model | None":
    """The newest version of an earlier batch, where it reads ads as this release does, is whole, and
    came of the same intermediate tables. Raises ModelOutOfReach."""
    from ml.errors import ModelDamaged, ModelIncompatible
    from ml.settings import READING
    from ml.store import load

    with transaction(connection) as cursor:
        cursor.execute(
            "select version, files, built_from = obj_description('marts_next'::regnamespace)"
            " from ops.model_versions"
            " where batch_id < %s and status <> 'pruned'"
            " order by batch_id desc, created_at desc limit 1",
            (batch.batch_id,),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    version, files, came_of_the_same = row
    try:
        model = load(store, version, files)
    except (ModelDamaged, ModelIncompatible):
        return None
    return model if came_of_the_same and model.manifest.settings == READING else None


def _ads(connection: Connection, query: str, since: int | None = None) -> "list[Ad]":
    from ml.corpus import Ad  # scikit-learn takes a second, and four stages do without it

    return [
        Ad(UUID(job_id), *told, skills=tuple(skills))
        for job_id, *told, skills in _rows(connection, query, since)
    ]


def _listings(connection: Connection, query: str, since: int | None = None) -> "list[Listing]":
    from ml.facts import Listing

    return [
        Listing(UUID(job_id), UUID(standing), *told)
        for job_id, standing, *told in _rows(connection, query, since)
    ]


def _rows(connection: Connection, query: str, since: int | None) -> Iterator[tuple]:
    with connection, connection.cursor(name="corpus") as cursor:
        cursor.itersize = READ_AT_ONCE
        cursor.execute(query, {"since": since})
        yield from cursor


def newest_version_for(connection: Connection, corpus_sha256: str, store: "Store") -> str | None:
    """The newest version that was built from exactly these ads, if its files are still whole where
    they are stored. Raises ModelOutOfReach."""
    from ml.errors import ModelDamaged, ModelIncompatible
    from ml.sealed import verify

    with transaction(connection) as cursor:
        cursor.execute(
            "select version, files from ops.model_versions where corpus_sha256 = %s"
            " and status <> 'pruned' order by created_at desc limit 1",
            (corpus_sha256,),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    version, files = row
    try:
        verify(store, version, files)
    except (ModelDamaged, ModelIncompatible):
        return None
    return version


def published_version(connection: Connection) -> str | None:
    with transaction(connection) as cursor:
        cursor.execute("select model_version from ops.publication")
        row = cursor.fetchone()
    return row[0] if row else None


def taken(connection: Connection) -> set[str]:
    with transaction(connection) as cursor:
        cursor.execute("select version from ops.model_versions")
        return {version for (version,) in cursor.fetchall()}


def record_version(
    connection: Connection, batch: Batch, version: str, files: dict, manifest: "Manifest"
) -> None:
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into ops.model_versions"
            " (version, batch_id, status, files, ads, features, parent, corpus_sha256, built_from)"
            " values (%s, %s, 'built', %s, %s, %s, %s, %s,"
            " obj_description('marts_next'::regnamespace))",
            (
                version, batch.batch_id, Json(files), manifest.ads, manifest.features,
                manifest.parent, manifest.corpus_sha256,
            ),
        )  # fmt: skip


def old_versions(connection: Connection, keep: int = VERSIONS_KEPT) -> list[str]:
    """Those that are kept beside the `keep` newest; the active one is never old."""
    with transaction(connection) as cursor:
        cursor.execute(
            "select version from (select version, status from ops.model_versions"
            " where status <> 'pruned' order by created_at desc offset %s) as older"
            " where status <> 'active'",
            (keep,),
        )
        return [version for (version,) in cursor.fetchall()]


def prune(connection: Connection, store: "Store", version: str) -> None:
    """Deletes the files of a version, which stays on record. Where the store does not answer, all stays
    as it is; raises ModelOutOfReach."""
    from ml.sealed import remove

    with transaction(connection) as cursor:
        cursor.execute(
            "update ops.model_versions set status = 'pruned' where version = %s", (version,)
        )
        remove(store, version)
