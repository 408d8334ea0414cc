"""The gold sets: one score or more of each."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path

from gold.score import Score
from gold.warehouse import Job

Jobs = dict[tuple[str, str], Job]


def pay(folder: Path, jobs: Jobs) -> list[Score]:
    """Both amounts and the period right, or all of it wrong."""
    score = Score("pay")
    for row in _rows(folder / "pay.csv"):
        job = jobs[row["source"], row["ad_id"]]
        read = _pay(row["salary_min"], row["salary_max"], row["salary_period"])
        score.add(row["ad_id"], _pay(job.salary_min, job.salary_max, job.salary_period), read)
    return [score]


def places(folder: Path, jobs: Jobs) -> list[Score]:
    commune, department, region = Score("commune"), Score("département"), Score("région")
    for row in _rows(folder / "places.csv"):
        job = jobs[row["source"], row["ad_id"]]
        if job.country_code == "fr":
            commune.add(row["ad_id"], job.commune_code, row["commune_code"] or None)
            department.add(row["ad_id"], job.department_code, row["department_code"] or None)
        region.add(row["ad_id"], job.region, row["region"] or None)
    return [commune, department, region]


def skills(folder: Path, jobs: Jobs) -> list[Score]:
    score = Score("skills")
    for row in _rows(folder / "skills.csv"):
        said = jobs[row["source"], row["ad_id"]].skills
        read = set(filter(None, row["skills"].split("|")))
        for skill in sorted(said | read):
            score.add(
                row["ad_id"], skill if skill in said else None, skill if skill in read else None
            )
    return [score]


def copies(folder: Path, jobs: Jobs) -> list[Score]:
    """By pairs: all pairs of the groups, and those that only look alike. Then the kinds of copies."""
    score, kinds = Score("copies, by pairs"), Score("kinds of copies")
    groups, kind_of = defaultdict(list), {}
    for row in _rows(folder / "copy_groups.csv"):
        ad = row["source"], row["ad_id"]
        groups[row["group"]].append(ad)
        kind_of[ad] = row["kind"]
    for ads in groups.values():
        # the ad that stands for its posting has no kind; another one without was missed
        standing = next((ad for ad in ads if jobs[ad].copy_kind is None), None)
        for ad in ads:
            if ad != standing:
                kinds.add(ad[1], jobs[ad].copy_kind, kind_of[ad])
        for left, right in combinations(ads, 2):
            _add_pair(score, jobs, left, right, is_copy=True)
    for row in _rows(folder / "near_misses.csv"):
        left = row["left_source"], row["left_ad_id"]
        right = row["right_source"], row["right_ad_id"]
        _add_pair(score, jobs, left, right, is_copy=False)
    return [score, kinds]


def facts(folder: Path, jobs: Jobs) -> list[Score]:
    """What fields, title and text say of the job."""
    names = ("contract_type", "working_time", "seniority", "remote_mode")
    scores = {name: Score(name.replace("_", " ")) for name in names}
    for row in _rows(folder / "facts.csv"):
        job = jobs[row["source"], row["ad_id"]]
        for name, score in scores.items():
            score.add(row["ad_id"], getattr(job, name), row[name] or None)
    return list(scores.values())


def _add_pair(score: Score, jobs: Jobs, left: tuple, right: tuple, *, is_copy: bool) -> None:
    said = jobs[left].posting_group_id == jobs[right].posting_group_id
    score.add(f"{left[1]} and {right[1]}", _word(said), _word(is_copy))


def _word(is_copy: bool) -> str | None:
    return "copies" if is_copy else None


def _pay(low: object, high: object, period: str | None) -> tuple | None:
    if not period:
        return None
    amounts = ("-" if amount in (None, "") else float(Decimal(amount)) for amount in (low, high))
    return (*amounts, period)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
