"""Who an ad is, and whether its content changed: what all sources share."""

import hashlib
import uuid

# Fixed for all time: every job_id hangs on it.
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_NAMESPACE_BYTES = NAMESPACE.bytes


def ad_id_of(payload: object) -> str | None:
    """The ad's `id` as text, None where there is none; very old answers have a number."""
    ad_id = payload.get("id") if isinstance(payload, dict) else None
    if isinstance(ad_id, int) and not isinstance(ad_id, bool):
        return str(ad_id)
    return ad_id.strip() or None if isinstance(ad_id, str) else None


def named_job_id(source: str, ad_id: str, link: str | None) -> uuid.UUID:
    """UUIDv5 of source, id and canonical link."""
    return uuid.UUID(bytes=named_job_bytes(source, ad_id, link))


def nameless_job_id(source: str, country: str, content_hash: str) -> uuid.UUID:
    """What has no id is known by its content alone."""
    return uuid.UUID(bytes=nameless_job_bytes(source, country, content_hash))


def named_job_bytes(source: str, ad_id: str, link: str | None) -> bytes:
    """The sixteen bytes of `named_job_id`, in a third of its time: files hold many ads."""
    return _uuid5(f"{source}|{ad_id}|{link}")


def nameless_job_bytes(source: str, country: str, content_hash: str) -> bytes:
    return _uuid5(f"{source}|{country}|content|{content_hash}")


def _uuid5(name: str) -> bytes:
    """RFC 9562, section 5.5: SHA-1, with version 5 and the variant written over six bits."""
    digest = hashlib.sha1(_NAMESPACE_BYTES + name.encode(), usedforsecurity=False).digest()
    job_id = bytearray(digest[:16])
    job_id[6] = job_id[6] & 0x0F | 0x50
    job_id[8] = job_id[8] & 0x3F | 0x80
    return bytes(job_id)


def content_hash(stable_json: bytes) -> str:
    """128 bits of SHA-256 over the sorted JSON of the fields that are not volatile."""
    return hashlib.sha256(stable_json).hexdigest()[:32]
