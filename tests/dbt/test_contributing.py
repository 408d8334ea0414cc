"""CONTRIBUTING.md, followed to the letter in a copy of the project."""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from houses import EVERY_BATCH, House

from core.paths import ROOT
from ingest.simulator import SimulatorServer, ads_on
from pipeline.batch import run_stage

COPIED = ("core", "ingest", "ml", "serve", "pipeline", "sql", "mappings", "dbt_project")
BLOCK = re.compile(r"(?P<before>(?:.+\n)*)\n```(?P<language>\w+)\n(?P<text>(?:.*\n)*?)```\n")
NAMED = re.compile(r"(?P<how>end\sof|new\sfile)\s`(?P<file>[^`]+)`:$")
"""A block that follows a file's name is written to it; one of shell is run."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    copy = tmp_path / "project"
    for folder in COPIED:
        ignored = shutil.ignore_patterns("target", "logs", "__pycache__")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    shutil.copy(ROOT / "searches.yml", copy)
    return copy


@pytest.fixture
def follow(project: Path, environment: dict[str, str], tmp_path: Path, redis_url: str):
    """Does what a section of the page says, and returns what its commands wrote."""
    commands = tmp_path / "commands"
    commands.mkdir()
    jobdash = commands / "jobdash"  # the one that is installed would work on this checkout
    jobdash.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(project)!r})\n"
        "from pipeline.cli import main\nmain()\n"
    )
    jobdash.chmod(0o755)
    settings = {
        **environment,
        "PATH": f"{commands}:{environment['PATH']}",
        "REDIS_URL": redis_url,
        "JOBDASH_LOCAL": str(tmp_path),
        "SIMULATOR_ADS": "50",
    }
    page = (ROOT / "CONTRIBUTING.md").read_text()
    sections = {section.split("\n", 1)[0]: section for section in page.split("\n## ")}

    def run(script: str) -> str:
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=project / "dbt_project",
            env=settings,
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 0, script + ended.stdout + ended.stderr
        return ended.stdout

    def follow(title: str) -> str:
        output = ""
        for block in BLOCK.finditer(sections[title]):
            if named := NAMED.search(block["before"]):
                file = project / named["file"]
                assert file.exists() == named["how"].startswith("end"), file
                file.parent.mkdir(exist_ok=True)
                with file.open("a") as opened:
                    opened.write(block["text"])
            else:
                assert block["language"] == "sh"
                output += run(block["text"])
        return output

    return follow


@pytest.mark.slow
def test_what_the_page_says_works(follow, database, redis_url, tmp_path):
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    house = House(database, redis_url, tmp_path)
    with SimulatorServer(ads_on(yesterday, 50, seed=1), today=yesterday) as simulator:
        settings = house.settings(simulator.base_url)
        run_stage(settings, house.addresses, yesterday, "collect", EVERY_BATCH)
    follow("Before you begin")

    skill = follow("Add a skill")
    assert re.search(r"PASS int_ad_skills::ktor_is_a_skill", skill)
    assert house.query("select skill_name from dev_anna_lena_staging.skill_taxonomy"
                       " where skill_key = 9001") == [("Ktor",)]  # fmt: skip

    source = follow("Add a source")
    assert re.search(r"A1 +\| +2026-01-07", source)
    assert re.search(r"A2 +\|.*unreadable date", source)

    mart = follow("Add a mart")
    assert "PASS unique_pay_by_region_region" in mart
    assert house.value("select sum(open_jobs) from dev_anna_lena_marts.pay_by_region") > 40
