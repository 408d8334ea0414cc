"""What grew from one batch to a later one, and whether its ads explain it."""

from collections.abc import Iterator

from soaking.held import MIB, Held

# Of what it was; what is smaller than these is told and not judged.
MAY_GROW = 1.15
FEWEST_BYTES, FEWEST_ROWS = MIB, 1_000
# These answer to something else: Redis and WAL to the limits of their servers, models to the ads, and dbt
# keeps six logs of 10 MiB.
NOT_JUDGED = {
    "memory of Redis, MiB", "WAL, MiB", "models, MiB", "temporary files ever, MiB",
    "dbt's scratch, MiB",
}  # fmt: skip


def tell_figures(early: Held, late: Held) -> Iterator[str]:
    yield f"{'':34}{'early':>10}{'at the end':>12}"
    for name, before in early.figures.items():
        after = late.figures[name]
        note = "" if name in NOT_JUDGED else _verdict(before, after)
        yield f"{name:34}{before:10,.1f}{after:12,.1f}  {note}"


def tell_tables(early: Held, late: Held) -> Iterator[str]:
    """The largest ones, by the bytes that a row takes with its share of the indexes."""
    yield f"{'':44}{'rows':>18}{'MiB':>14}{'bytes a row':>16}"
    for name, after in sorted(late.tables.items(), key=lambda item: -item[1].bytes):
        before = early.tables.get(name)
        if before is None or not before.rows or not after.rows or after.bytes < FEWEST_BYTES:
            continue
        rows = f"{before.rows:,} {after.rows:,}"
        mib = f"{before.bytes / MIB:,.1f} {after.bytes / MIB:,.1f}"
        a_row = before.bytes / before.rows, after.bytes / after.rows
        note = _verdict(*a_row) if before.rows >= FEWEST_ROWS else ""
        yield f"{name:44}{rows:>18}{mib:>14}{a_row[0]:>9,.0f}{a_row[1]:>7,.0f}  {note}"


def _verdict(before: float, after: float) -> str:
    return "GREW" if after > max(before * MAY_GROW, before + 1) else "ok"
