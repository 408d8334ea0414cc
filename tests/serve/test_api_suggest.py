"""`/api/suggest`: completions while somebody types."""


def suggested(client, **parameters) -> list[str]:
    response = client.get("/api/suggest", query_string=parameters)
    assert response.status_code == 200, response.text
    return [suggestion["text"] for suggestion in response.json["suggestions"]]


def test_words_and_skills_of_the_ads_are_completed(client):
    assert suggested(client, q="pyt")[0] == "python"
    assert suggested(client, q="PATIS") == ["pâtissière"]
    assert suggested(client, q="analyste sq")[0].casefold() == "analyste sql"
    assert suggested(client, q="zzz") == []


def test_most_named_first_and_as_many_as_asked(client):
    response = client.get("/api/suggest?q=s&top=3").json
    numbers = [suggestion["ads"] for suggestion in response["suggestions"]]
    assert len(numbers) == 3
    assert numbers == sorted(numbers, reverse=True)
    assert response["model_version"] == "tfidf_v20260108"


def test_nothing_typed_is_400(client):
    assert client.get("/api/suggest").status_code == 400
    assert client.get("/api/suggest?q=%20").status_code == 400
    assert client.get("/api/suggest?q=a&top=21").status_code == 400
