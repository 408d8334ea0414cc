"""The page as a browser shows it; without a Chromium only what the server sends is looked at."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html import unescape
from threading import Thread

import pytest
from published_world import World
from werkzeug.serving import make_server
from written_ads import BY_NAME

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --virtual-time-budget=6000"
)


@pytest.fixture(scope="module")
def shown(
    published: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """What stands in the page of a path once its script has run."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    server = make_server("127.0.0.1", 0, published.client().application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()

    def dump(path: str) -> str:
        profile = f"--user-data-dir={tmp_path_factory.mktemp('profile')}"
        address = f"http://127.0.0.1:{server.port}{path}"
        command = [CHROMIUM, *QUIET.split(), profile, "--dump-dom", address]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()

    yield dump
    server.shutdown()
    thread.join()


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize(
    "path", ["/", "/?q=python", "/api/jobs/search?q=python", "/livez", "/none"]
)
def test_every_answer_keeps_the_browser_to_this_server(client, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_needs_nothing_from_elsewhere_and_no_script_in_its_text(client):
    page = client.get("/?q=python").text
    loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', page)
    assert loaded
    assert all(client.get(address).status_code == 200 for address in loaded)
    assert re.findall(r"<script(?! src)|<style| on\w+=| style=", page) == []


def test_words_from_the_address_are_only_words(client):
    page = client.get("/", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_without_words_the_page_says_what_it_is_and_offers_three_searches(client):
    page = client.get("/?q=+").text
    assert "Job ads from several sources" in page
    examples = re.findall(r'<li><a href="(/\?q=[^"]+)">', page)
    assert len(examples) == 3
    assert all(client.get(example).status_code == 200 for example in examples)


def test_a_link_to_a_search_shows_its_jobs(shown):
    page = shown("/?q=sql+python")
    text = text_of(page)
    assert "jobs for “sql python”" in text
    assert "45 000–52 000 € par an" in text
    assert "38 000 € par an (estimation)" in text
    assert "€60,000 – €70,000 a year" in text
    cards = page.split("<article>")[1:]
    assert len(cards) == 3
    for card in cards:
        assert '<a href="https://www.adzuna.fr">Jobs by Adzuna</a>' in card
        assert "France Travail" not in card
    assert f'href="/?job_id={BY_NAME["analyst"].job_id}"' in page


def test_a_link_to_similar_jobs_shows_them(shown):
    text = text_of(shown(f"/?job_id={BY_NAME['baker-lille'].job_id}"))
    assert "like this one" in text
    assert "Pâtissière" in text
    assert "Boulanger" not in text


def test_pay_by_the_hour_has_its_cents(shown):
    assert "12,50 € par heure" in text_of(shown("/?q=pétrissage"))


def test_markup_in_an_ad_is_shown_and_not_run(shown):
    page = shown("/?q=zinzolin")
    assert "<title>zinzolin · jobdash</title>" in page
    results = page.split("<article>")[1]
    assert (
        re.findall(r"<(?:img|script|svg|b|i)\b|javascript:", results.split("</article>")[0]) == []
    )
    assert "<img src=x onerror=" in text_of(results.replace("&lt;", "&amp;lt;")).replace(
        "&lt;", "<"
    )


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/?q=volcanologue", "No jobs found for “volcanologue”"),
        ("/?job_id=none", "a valid UUID"),
    ],
)
def test_what_is_not_found_or_wrong_is_told(shown, path, told):
    assert told in text_of(shown(path))
