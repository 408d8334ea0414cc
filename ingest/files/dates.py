"""A form of dates such as `%d/%m/%Y %H:%M`, as SQL can read it: what to match, and the ISO text of it."""

import re

# Those of `strptime` that are numbers; names of months depend on a language. Each takes all its digits.
_PARTS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}


def regexp_and_iso(form: str) -> tuple[str, str]:
    """A regular expression for texts of this form, and what to replace a match by, both as PostgreSQL
    and Python understand them. A time that the form lacks is midnight, UTC. Raises ValueError."""
    pieces = re.split("(%.)", form)
    parts = pieces[1::2]
    if len(set(parts)) < len(parts) or not {"%Y", "%m", "%d"} <= set(parts) <= set(_PARTS):
        raise ValueError(
            f"{form!r} is no form of dates: it needs %Y, %m and %d, may have %H, %M and %S, each once"
        )
    regexp = "".join(
        rf"(\d{{{_PARTS[piece]}}})" if piece in _PARTS else re.escape(piece) for piece in pieces
    )
    year, month, day, hour, minute, second = (
        rf"\{parts.index(part) + 1}" if part in parts else "00" for part in _PARTS
    )
    return f"^{regexp}$", f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
