"""Who an ad is, and whether its content changed.

Adzuna's links and `adref` differ on every answer, and the link's path alternates between
`/land/ad/<id>` and `/details/<id>`. The canonical link is rebuilt from what stays: host, prefix, id.
"""

import re
from urllib.parse import urlsplit

from ingest.identity import ad_id_of, content_hash, named_job_id, nameless_job_id
from ingest.payload import to_json
from ingest.source import Identity

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


def identify(country: str, payload: object) -> Identity:
    hash_of_content = content_hash(to_json(payload, without=VOLATILE))
    ad_id = ad_id_of(payload)
    if ad_id is None:
        return Identity(nameless_job_id("adzuna", country, hash_of_content), None, hash_of_content)
    link = canonical_link(payload.get("redirect_url"), ad_id)
    return Identity(named_job_id("adzuna", ad_id, link), ad_id, hash_of_content)
