"""The Power BI model in a published database, seen by the role that reports log in with."""

from contextlib import closing

import pytest
from findings import differences, faults_of_rows, published_columns

from core.database import connect


def test_every_column_is_published_with_its_type(model, published, as_reader):
    with closing(as_reader(published.database_url)) as report, report.cursor() as cursor:
        assert list(differences(model, published_columns(cursor))) == []


def test_relationships_hold_and_days_and_names_are_such_as_power_bi_knows(
    model, published, as_reader
):
    with closing(as_reader(published.database_url)) as report, report.cursor() as cursor:
        assert faults_of_rows(model, cursor) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            "alter table marts.companies rename column company_name to employer_name",
            "companies.company_name is not there",
        ),
        (
            "alter table marts.jobs rename column posted_date_key to posted_on",
            "jobs.posted_date_key is not there",
        ),
        (
            "alter table marts.job_skills rename to ad_skills",
            "mart job_skills is not there",
        ),
        (
            "alter table marts.skills alter column skill_key type text",
            "skills.skill_key is text, in Power BI int64",
        ),
        (
            "alter table marts.skills alter column skill_name type text[] using array[skill_name]",
            "skills.skill_name is ARRAY, in Power BI string",
        ),
    ],
)
def test_a_mart_that_changed_is_reported(model, copy, change, found):
    copy.query(change)
    with closing(connect(copy.database_url)) as connection, connection.cursor() as cursor:
        assert list(differences(model, published_columns(cursor))) == [found]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            "update marts.jobs set company_key = 999999 where job_key = 1",
            "jobs.company_key to companies.company_key: 1 rows without the other end",
        ),
        (
            "update marts.jobs set job_key = 2 where job_key = 1",
            "job_skills.job_key to jobs.job_key: 1 of the one end are null or come twice",
        ),
        (
            "delete from marts.companies where company_key = -1",
            "companies has no unknown member",
        ),
        (
            "update marts.jobs set closed_date = '1899-12-31' where job_key = 1",
            "jobs.closed_date: 1 days that Power BI does not know",
        ),
        (
            "update marts.skills set skill_name = 'PYTHON ' where skill_name = 'Excel'",
            "skills.skill_name: 1 look like another",
        ),
    ],
)
def test_rows_that_power_bi_would_show_wrongly_are_reported(model, copy, change, found):
    copy.query(change)
    with closing(connect(copy.database_url)) as connection, connection.cursor() as cursor:
        assert found in faults_of_rows(model, cursor)
