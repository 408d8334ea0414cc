"""The dbt project as analytics engineers use it: `cd dbt_project && dbt …`."""


def test_it_parses_without_a_warning_or_a_deprecation(dbt):
    dbt("parse", "--no-partial-parse", "--show-all-deprecations", "--warn-error")


def test_every_rule_holds_in_its_unit_tests(dbt):
    dbt("seed")
    dbt("run", "--empty")  # the parents must be there for their columns to be known
    output = dbt("test", "--select", "test_type:unit")
    assert "ERROR=0" in output
    print(output.splitlines()[-1])


def test_build_by_hand_works_on_a_database_without_ads(dbt):
    assert "ERROR=0" in dbt("build")
