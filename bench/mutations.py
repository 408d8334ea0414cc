"""Whether a rule that is broken is noticed: one change at a time in a copy of the dbt project, then the
unit tests of the model that the rule is for. Each change must make one of them fail.

    .venv/bin/python bench/mutations.py

Exit code 1 where a change went unnoticed.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from core.paths import DBT_PROJECT, MIGRATIONS, ROOT

sys.path.insert(0, str(ROOT / "tests"))
from databases import new_database
from dbt.cli.main import dbtRunner

from core.database import connect
from core.migrations import migrate
from pipeline.dbt import Dbt
from pipeline.services import LocalServices


@dataclass(frozen=True)
class Mutation:
    rule: str
    model: str
    file: str
    text: str
    broken: str


MUTATIONS = [
    Mutation(
        "an hour's pay counts 1,820 times a year",
        "int_ads_paid",
        "macros/pay.sql",
        "when 'hour' then 1820",
        "when 'hour' then 1800",
    ),
    Mutation(
        "pay of a month ends at 8,000",
        "int_ads_paid",
        "macros/pay.sql",
        "< 8000 then 'month'",
        "< 80000 then 'month'",
    ),
    Mutation(
        "amounts that lie far apart are no range",
        "int_ads_paid",
        "models/intermediate/int_ads_paid.sql",
        "between upper_amount / 8 and upper_amount",
        "between 0 and upper_amount",
    ),
    Mutation(
        "a bonus is not pay",
        "int_ad_pay_mentions",
        "macros/pay_in_text.sql",
        "prime|bonus|",
        "",
    ),
    Mutation(
        "the arrondissements of Paris are Paris",
        "int_ads_placed",
        "macros/places.sql",
        r"\s+([0-9]+(er|e|ème)?(\s+arrondissement)?|cedex.*)$",
        r"\s+(cedex.*)$",
    ),
    Mutation(
        "a canton is its town",
        "int_ads_placed",
        "macros/places.sql",
        "(canton|arrondissement).*$",
        "(arrondissement).*$",
    ),
    Mutation(
        "R is a language only beside its world",
        "int_ad_skills",
        "models/intermediate/int_ad_skills.sql",
        "and certain.skill_category = any(string_to_array(meant.context_categories, '|'))",
        "",
    ),
    Mutation(
        "the plural is the singular",
        "int_ad_skills",
        "macros/skills.sql",
        "replace(replace(replace({{ words }}, 's ', ' '), ",
        "replace(replace({{ words }}, ",
    ),
    Mutation(
        "the second sweep closes",
        "int_ad_stays",
        "models/intermediate/int_ad_stays.sql",
        "order by sweeps.ended_batch_id))[2]",
        "order by sweeps.ended_batch_id))[1]",
    ),
    Mutation(
        "an ad without a title is quarantined",
        "stg_adzuna__ads",
        "macros/quarantine.sql",
        "'no title': 'clean_title is null'",
        "'no title': 'false'",
    ),
    Mutation(
        "a text counts 25 points of quality",
        "jobs",
        "macros/quality_score.sql",
        "then 25 else 0",
        "then 24 else 0",
    ),
    Mutation(
        "English is known by its words",
        "int_ads_cleaned",
        "macros/stop_words.sql",
        "'en': ['the', 'and', 'you', 'with', 'your', ",
        "'en': [",
    ),
    Mutation(
        "H/F tells no job from another",
        "int_ads_sketched",
        "macros/posting.sql",
        r"'\\m[hfmwd]\\s?[/-]\\s?[hfmwdx](\\s?[/-]\\s?[dx])?\\M',",
        "",
    ),
]


def main() -> None:
    table = Table("rule", "model", "unit tests that fail")
    unnoticed = 0
    with database() as dsn, TemporaryDirectory(prefix="jobdash-mutations-") as folder:
        project = Path(folder) / "dbt_project"
        ignored = shutil.ignore_patterns("target", "logs")
        shutil.copytree(DBT_PROJECT, project, ignore=ignored)
        Dbt(dsn, Path(folder))  # names the database in the environment, where profiles.yml reads it
        dbt(project, "build", "--empty", "--exclude-resource-type", "unit_test", "test")
        for mutation in MUTATIONS:
            with broken(project, mutation):
                failed = failing_unit_tests(project, mutation.model)
            unnoticed += not failed
            table.add_row(mutation.rule, mutation.model, ", ".join(failed) or "none: UNNOTICED")
    Console(width=120).print(table)
    print(f"{len(MUTATIONS) - unnoticed} of {len(MUTATIONS)} broken rules are noticed")
    sys.exit(unnoticed > 0)


@contextmanager
def database() -> Iterator[str]:
    with TemporaryDirectory(prefix="jobdash-mutations-") as folder:
        services = LocalServices(Path(folder))
        try:
            with new_database(os.environ.get("DATABASE_URL") or services.start_postgres()) as dsn:
                with closing(connect(dsn)) as connection:
                    migrate(connection, MIGRATIONS)
                yield dsn
        finally:
            services.stop_postgres()


@contextmanager
def broken(project: Path, mutation: Mutation) -> Iterator[None]:
    file = project / mutation.file
    whole = file.read_text(encoding="utf-8")
    if whole.count(mutation.text) != 1:
        sys.exit(
            f"{mutation.file} has {mutation.text!r} {whole.count(mutation.text)} times, not once."
        )
    file.write_text(whole.replace(mutation.text, mutation.broken), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(whole, encoding="utf-8")


def failing_unit_tests(project: Path, model: str) -> list[str]:
    ended = dbt(project, "test", "--select", f"{model},test_type:unit")
    if not ended.result:
        sys.exit(f"{model} has no unit test, or dbt could not read the project: {ended.exception}")
    if errors := [r.message for r in ended.result if r.status == "error"]:
        sys.exit(f"A rule is to be broken, not the SQL: {errors[0]}")
    return [r.node.name for r in ended.result if r.status == "fail"]


def dbt(project: Path, *arguments: str):
    folders = ("--project-dir", str(project), "--profiles-dir", str(project))
    return dbtRunner().invoke(["--quiet", "--log-level", "none", *arguments, *folders])


if __name__ == "__main__":
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    main()
