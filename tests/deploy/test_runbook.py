"""Whoever reads the runbook at night can type what it says."""

import re
from itertools import chain

import pytest

from core.paths import ROOT

RUNBOOK = (ROOT / "RUNBOOK.md").read_text(encoding="utf-8")
STATEMENTS = list(
    chain.from_iterable(
        filter(str.strip, block.split(";"))
        for block in re.findall(r"```sql\n(.*?)```", RUNBOOK, re.DOTALL)
    )
)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda text: " ".join(text.split())[:50])
def test_a_statement_of_the_runbook_is_one_that_the_database_takes(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(
            "create table marts.quarantined_ads"
            " (source text, quarantine_reasons text[], batch_id bigint)"
        )
        cursor.execute(statement)
    connection.rollback()


def test_links_of_the_runbook_lead_somewhere():
    anchors = {heading.lower() for heading in re.findall(r"^#+ (\w+)$", RUNBOOK, re.MULTILINE)}
    assert set(re.findall(r"\(#(\w+)\)", RUNBOOK)) <= anchors


def test_commands_of_the_runbook_exist():
    from typer.main import get_command

    from pipeline.cli import app

    known = get_command(app).commands
    named = set(re.findall(r"(?:[`(]|^)jobdash ([a-z-]+)", RUNBOOK, re.MULTILINE)) - {"backup"}
    assert named <= known.keys()
