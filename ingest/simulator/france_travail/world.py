"""The simulator's world as France Travail tells it: some of Adzuna's ads, and ads of its own."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from ingest.simulator.france_travail.pay import pay_of
from ingest.simulator.france_travail.towns import TOWNS, Town
from ingest.simulator.france_travail.trades import ROME
from ingest.simulator.lives import Life, lives_on
from ingest.simulator.places import draw_place
from ingest.simulator.posting import Draft, Posting

# Real ads name a partner site in 82 of 100 cases; how many of those Adzuna has is not known.
COPY_SHARE = 0.3
# The world of a seed has copies of Adzuna's world of that seed, and its own ads from another one.
OWN_SEED = 1_000_003

# Shares in 1,049 real ads.
NAMELESS_SHARE = 0.4
ANYWHERE_SHARE = 0.21  # "France" and no more
DEPARTMENT_ALONE_SHARE = 0.05
RENEWED_EVERY = 7  # days: `dateActualisation` moves on, the ad stays
UNUSABLE_SHARE = 0.003  # rarer in life; enough to see the quarantine at work
MARK = " (H/F)"
MARKED_SHARE = 0.5
# Letters and digits of ids. No vowels: an id is no word.
ALPHABET = "0123456789BCDFGHJKLMNPQRSTVWXYZ"


def offers_on(day: date, size: int, seed: int) -> list[Any]:
    """The `size` raw ads of France Travail on `day`, a pure function of its arguments.

    Three in ten are copies of ads that `ingest.simulator.ads_on(day, size, seed)` has: the same posting
    in the same town, its text whole. A few are unusable on purpose.
    """
    copies = round(size * COPY_SHARE)
    return [
        *(_offer(life, day, is_copy=True) for life in _lives(day, seed, copies)),
        *(_offer(life, day, is_copy=False) for life in _lives(day, seed + OWN_SEED, size - copies)),
    ]


def _lives(day: date, seed: int, size: int) -> Iterator[Life]:
    return islice(lives_on(day, seed), size)


def _offer(life: Life, day: date, *, is_copy: bool) -> Any:
    age = life.age_on(day)
    town, place = draw_place(random.Random(life.key))  # where Adzuna's ad of this life is
    home = town if life.posting == life.key else draw_place(random.Random(life.posting))[0]
    posting = Draft(life.posting, home, town).at(age)
    rng = random.Random(f"{life.key}/france_travail")
    created = _created(rng, life.first_day)
    renewed = created + timedelta(days=age - age % RENEWED_EVERY)
    code, label = ROME[posting.trade]
    ad = {
        "id": _id(life.ad_id, is_copy),
        "intitule": _title(rng, posting.title),
        "description": _in_lines(posting.whole_text),
        "dateCreation": _moment(created),
        "dateActualisation": _moment(renewed),
        "lieuTravail": _place(rng, TOWNS[town], place),
        "romeCode": code,
        "romeLibelle": label,
        "appellationlibelle": label,
        "entreprise": _company(rng, posting.company),
        **_contract(rng, posting),
        "salaire": pay_of(rng, posting.pay),
        "nombrePostes": 1,
        "origineOffre": _origin(_id(life.ad_id, is_copy), is_copy),
    }
    return rng.choice(_RUINS)(ad) if rng.random() < UNUSABLE_SHARE else ad


def _id(ad_id: str, is_copy: bool) -> str:
    """Seven letters and digits, one for each of Adzuna's ids and each of ours."""
    number, text = 2 * int(ad_id) + is_copy, ""
    for _ in range(7):
        number, place = divmod(number, len(ALPHABET))
        text = ALPHABET[place] + text
    return text


def _title(rng: random.Random, title: str) -> str:
    has_mark = re.search(r"\b[HF]/[HF]\b", title, re.IGNORECASE)
    return title if has_mark or rng.random() >= MARKED_SHARE else title + MARK


def _in_lines(text: str) -> str:
    """Each sentence and each point of a list on a line of its own."""
    text = re.sub(r"(?<=[.!?:]) (?=[A-ZÀ-Þ])", "\n", text)
    return re.sub(r" (?=[-•] )", "\n", text)


def _created(rng: random.Random, first_day: date) -> datetime:
    """Within the day before the first one: past whenever that day's batch runs."""
    before = timedelta(milliseconds=rng.randint(1_000, 86_400_000))
    return datetime.combine(first_day, time(), UTC) - before


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _place(rng: random.Random, town: Town, place: dict) -> dict[str, Any]:
    drawn = rng.random()
    if drawn < ANYWHERE_SHARE:
        return {"libelle": "France"}
    if drawn < ANYWHERE_SHARE + DEPARTMENT_ALONE_SHARE:
        return {"libelle": town.department}
    name = town.name.upper() if rng.random() < 0.8 else town.name
    return {
        "libelle": f"{town.department} - {name}",
        **{name: place[name] for name in ("latitude", "longitude") if name in place},
        "codePostal": town.postal_code,
        "commune": town.commune,
    }


def _company(rng: random.Random, name: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"entrepriseAdaptee": False}
    return fields if rng.random() < NAMELESS_SHARE else {"nom": name, **fields}


def _contract(rng: random.Random, posting: Posting) -> dict[str, Any]:
    """Half of Adzuna's ads name no contract; here all do."""
    kind = "CDI" if posting.contract_type != "contract" else rng.choice(("CDD", "MIS"))
    months = rng.choice((3, 6, 12))
    labels = {
        "CDI": "Contrat à durée indéterminée",
        "CDD": f"Contrat à durée déterminée - {months} Mois",
        "MIS": f"Mission intérimaire - {months} Mois",
    }
    fields = {
        "typeContrat": kind,
        "typeContratLibelle": labels[kind],
        "natureContrat": "Contrat travail",
        "experienceExige": rng.choice("DES"),
        "alternance": False,
    }
    hours = {"full_time": ("35H", "Temps plein"), "part_time": ("24H", "Temps partiel")}
    if posting.contract_time in hours:
        text, label = hours[posting.contract_time]
        fields["dureeTravailLibelle"] = f"{text}\nTravail en journée"
        fields["dureeTravailLibelleConverti"] = label
    return fields


def _origin(ad_id: str, is_copy: bool) -> dict[str, Any]:
    """ "1" is an ad of France Travail's own, "2" one of a partner."""
    page = f"https://candidat.francetravail.fr/offres/recherche/detail/{ad_id}"
    if not is_copy:
        return {"origine": "1", "urlOrigine": page}
    partner = {
        "nom": "PARTENAIRE",
        "url": f"https://partenaire.example/offre/{ad_id}?utm_source=france-travail",
        "logo": "https://partenaire.example/logo.png",
    }
    return {"origine": "2", "urlOrigine": page, "partenaires": [partner]}


def _without_title(ad: dict) -> Any:
    del ad["intitule"]
    return ad


def _undated(ad: dict) -> Any:
    return ad | {"dateCreation": ad["dateCreation"].replace("-", "-9", 1)}


def _no_object(ad: dict) -> Any:
    return ad["id"]


_RUINS = (_without_title, _undated, _no_object)
