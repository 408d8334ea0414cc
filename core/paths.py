"""Where things are: the project's own folders, seen from the project's top."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MIGRATIONS = ROOT / "sql"
DBT_PROJECT = ROOT / "dbt_project"
SEARCHES = ROOT / "searches.yml"
