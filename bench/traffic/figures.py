"""What a load brought, whoever made it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """`faults` says how many answers were other than 200, by what they were. `cached` of the answers
    came from the API's cache, None where nobody looked."""

    a_second: float
    p50_ms: float
    p99_ms: float
    faults: Mapping[str, int]
    cached: int | None = None
