"""`/api/market/…`: what the market pays and asks for, with the numbers that it rests on."""

import pytest

MONTHS = ("2026-01-01", "2026-02-01")
SKILLS = "skills (skill_key, skill_name, skill_category) values (1, 'Python', 'tool'), (2, 'SQL', 'tool')"
TRENDS = [  # month, trade, skill, postings of the skill, postings of the trade
    (MONTHS[0], "it-jobs", 1, 3, 10),
    (MONTHS[0], "it-jobs", 2, 4, 10),
    (MONTHS[0], "it-jobs", -1, 5, 10),
    (MONTHS[0], "sales-jobs", 2, 1, 10),
    (MONTHS[1], "it-jobs", 1, 4, 5),
]
PAY = [  # month, trade, region, told, median
    (MONTHS[0], "(all)", "(all)", 8, 40_000),
    (MONTHS[0], "it-jobs", "(all)", 3, 50_000),
    (MONTHS[0], "it-jobs", "Bretagne", 1, 48_000),
    (MONTHS[1], "(all)", "(all)", 0, None),
]
OPENINGS = [  # month, source, trade, region, ads, postings, open postings
    (MONTHS[0], "adzuna", "it-jobs", "Bretagne", 6, 5, 2),
    (MONTHS[0], "france_travail", "it-jobs", "Bretagne", 2, 1, 1),
    (MONTHS[0], "adzuna", "sales-jobs", "Corse", 4, 4, 4),
    (MONTHS[1], "adzuna", "it-jobs", "Corse", 3, 3, 3),
]


@pytest.fixture
def client(world):
    world.query(f"insert into marts.{SKILLS}")
    for month, trade, skill, postings, of in TRENDS:
        world.query(
            "insert into marts.skill_trends"
            " (country_code, month_date, trade, skill_key, postings, trade_postings)"
            f" values ('fr', '{month}', '{trade}', {skill}, {postings}, {of})"
        )
    for month, trade, region, told, median in PAY:
        world.query(
            "insert into marts.pay_trends"
            " (country_code, salary_currency, month_date, trade, region, told, postings, predicted,"
            " annual_pay_p25, annual_pay_p50, annual_pay_p75) values ('fr', 'EUR',"
            f" '{month}', '{trade}', '{region}', {told}, 20, 2, null, {median or 'null'}, null)"
        )
    for month, source, trade, region, *numbers in OPENINGS:
        world.query(
            "insert into marts.monthly_openings (country_code, month_date, source, trade, region, ads,"
            f" postings, open_postings) values ('fr', '{month}', '{source}', '{trade}', '{region}',"
            f" {', '.join(map(str, numbers))})"
        )
    return world.client()


def ask(client, what: str, **parameters) -> dict:
    response = client.get(f"/api/market/{what}", query_string=parameters)
    assert response.status_code == 200, response.text
    return response.json


def test_skills_named_most_with_their_share_of_all_postings(client):
    answer = ask(client, "skills")
    assert [skill["skill"] for skill in answer["skills"]] == ["Python", "SQL"]
    january, february = answer["skills"][0]["months"]
    assert january == {"month": "2026-01", "postings": 3, "of": 20, "share": 0.15}
    assert february == {"month": "2026-02", "postings": 4, "of": 5, "share": 0.8}
    assert answer["trades"] == ["it-jobs", "sales-jobs"]


def test_skills_of_one_trade_and_of_some_months(client):
    (sql,) = ask(client, "skills", trade="sales-jobs")["skills"]
    assert (sql["skill"], sql["months"][0]["of"]) == ("SQL", 10)
    (python,) = ask(client, "skills", since="2026-02", country="FR")["skills"]
    assert python["postings"] == 4
    assert ask(client, "skills", until="2025-12")["skills"] == []
    assert len(ask(client, "skills", top=1)["skills"]) == 1


def test_pay_of_all_and_of_a_trade_and_a_region_with_n(client):
    january, february = ask(client, "pay")["months"]
    assert (january["n"], january["median"], january["currency"]) == (8, 40_000, "EUR")
    assert (february["n"], february["median"], february["predicted"]) == (0, None, 2)
    (of_trade,) = ask(client, "pay", trade="it-jobs")["months"]
    assert of_trade["median"] == 50_000
    (of_both,) = ask(client, "pay", trade="it-jobs", region="Bretagne")["months"]
    assert (of_both["n"], of_both["median"]) == (1, 48_000)
    assert ask(client, "pay")["regions"] == ["Bretagne"]


def test_openings_are_summed_over_what_is_not_asked_for(client):
    january, february = ask(client, "openings")["months"]
    assert january == {"month": "2026-01", "ads": 12, "postings": 10, "still_open": 7}
    assert february["ads"] == 3
    (in_brittany,) = ask(client, "openings", region="Bretagne")["months"]
    assert in_brittany == {"month": "2026-01", "ads": 8, "postings": 6, "still_open": 3}


def test_an_unknown_country_has_no_market_and_a_wrong_month_is_told(client):
    assert ask(client, "pay", country="zz")["months"] == []
    wrong = client.get("/api/market/pay?since=2026-13")
    assert (wrong.status_code, wrong.mimetype) == (400, "application/problem+json")
    assert "2026-01" in wrong.json["detail"]
    assert client.get("/api/market/pay?country=fra").status_code == 400
    assert client.get("/api/market/skills?top=101").status_code == 400


def test_what_was_asked_before_comes_from_the_cache(client):
    ask(client, "skills")
    assert client.get("/api/market/skills").headers["X-Cache"] == "hit"
