"""Who an ad is, and whether its content changed.

Adzuna's links and `adref` differ on every answer, and the link's path alternates between
`/land/ad/<id>` and `/details/<id>`. The canonical link is rebuilt from what stays: host, prefix, id.
"""

import hashlib
import re
import uuid
from urllib.parse import urlsplit

# Fixed for all time: every job_id hangs on it.
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
VOLATILE = frozenset({"adref", "redirect_url"})

_PATH = re.compile(r"^(?P<prefix>.*)/(?:land/ad|details)/[^/]+/?$")


def canonical_link(link: object, ad_id: str) -> str | None:
    """`https://www.adzuna.fr/details/<id>`, or None where the link is none of Adzuna's forms."""
    if not isinstance(link, str):
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    path = _PATH.match(parts.path)
    if parts.scheme not in ("http", "https") or not parts.hostname or not path:
        return None
    return f"https://{parts.hostname}{path['prefix']}/details/{ad_id}"


def ad_id_of(payload: object) -> str | None:
    """The ad's id as text; very old answers have a number."""
    ad_id = payload.get("id") if isinstance(payload, dict) else None
    if isinstance(ad_id, int) and not isinstance(ad_id, bool):
        return str(ad_id)
    return ad_id.strip() or None if isinstance(ad_id, str) else None


def job_id(source: str, country: str, payload: object, content_hash: str) -> uuid.UUID:
    """UUIDv5 of source, id and canonical link. What has no id is known by its content alone."""
    ad_id = ad_id_of(payload)
    if ad_id is None:
        return uuid.uuid5(NAMESPACE, f"{source}|{country}|content|{content_hash}")
    return uuid.uuid5(
        NAMESPACE, f"{source}|{ad_id}|{canonical_link(payload.get('redirect_url'), ad_id)}"
    )


def content_hash(stable_json: str) -> str:
    """128 bits of SHA-256 over the sorted JSON of the fields that are not volatile."""
    return hashlib.sha256(stable_json.encode()).hexdigest()[:32]
