"""Who may import what: data flows one way through the house."""

import ast

import pytest

from core.paths import ROOT

ROOMS = {
    "core": set(),
    "ingest": {"core"},
    "ml": {"core"},
    "serve": {"core", "ml"},
    "pipeline": {"core", "ingest", "ml", "serve"},
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_below(room):
    imported = set()
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    assert imported & set(ROOMS) - {room} <= ROOMS[room]
