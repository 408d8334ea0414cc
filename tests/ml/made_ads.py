"""Made-up ads, the same on every run: about 70 words of French with a long tail of rare words."""

import random
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from ml.corpus import Ad

TRADES = (
    "développeur python, ingénieure qualité, comptable, aide-soignante, cariste, data engineer, "
    "infirmier, chef de rang, soudeuse, architecte cloud, technicienne réseau, juriste, boulanger, "
    "acheteuse, géomètre, conducteur de travaux, analyste crédit, opticienne, paysagiste, pilote"
)
TOWNS = ("Brest", "Lyon", "Nîmes", "Dole", "Angers", "Pau", "Sète", "Vitré", "Évreux", "Mâcon")
PHRASES = (
    "Vous rejoignez l’équipe de {town} en qualité de {trade} (H/F).",
    "On cherche aujourd'hui un profil de {trade} curieux d'outils comme {a}, {b} ou {c}.",
    "Rattaché à la direction {a}, vous menez des chantiers de {b} liés au {c}.",
    "Une première pratique du {a} et du {b} compte plus qu'un diplôme de {c}.",
    "Le bureau, à deux pas du centre de {town}, paie 12,50 € de l'heure et la prime {c}.",
    "Chaque lundi, l'atelier {b} raconte ce que {a} et {c} ont appris au client.",
    "Permis de {a}, sens du {b} et goût pour {c} font un candidat heureux.",
    "Horaires souples, cantine {a}, vélo de fonction et trois jours de {b} chez soi.",
    "Vos dossiers : {a}, budget {b}, tableaux {c} à jour chaque vendredi.",
    "La maison {a}, née à {town}, fabrique {b} et répare {c} depuis quarante ans.",
    "Débutant accepté : tutorat {a}, puis examen {b} au bout de six mois.",
    "Anglais lu, notions de {a}, de {b} et d'Excel ; {c} serait un plus.",
    "Contrat long, départ au printemps, période d'essai {a} selon la convention {b}.",
    "Écrivez à equipe@maison.example ou sur https://maison.example/{a} avec trois lignes sur {b}.",
)
SKILLS = ("Accounting", "Bread making", "Forklift driving", "Python", "Welding")
SYLLABLES = "ba cor dé fi gran hu lé mon na pré qua ri sol té vi zon"


def tail_of_words(count: int, chance: random.Random) -> list[str]:
    syllables = SYLLABLES.split()
    made = {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(count)}
    return sorted(made)


def made_ads(count: int, seed: int = 0) -> Iterator[Ad]:
    """In no order of their ids; five of each employer, with skills in most."""
    chance = random.Random(seed)
    trades = TRADES.split(", ")
    tail = tail_of_words(8_000, chance)
    weights = [1 / (rank + 10) for rank in range(len(tail))]
    for number in range(count):
        trade, town = chance.choice(trades), chance.choice(TOWNS)
        picked = iter(chance.choices(tail, weights, k=15))
        sentences = [
            phrase.format(town=town, trade=trade, a=next(picked), b=next(picked), c=next(picked))
            for phrase in chance.sample(PHRASES, k=5)
        ]
        yield Ad(
            uuid5(NAMESPACE_URL, f"made:{seed}:{number}"),
            title=trade,
            text=" ".join(sentences),
            language="fr",
            employer=number // 5 if number % 3 else None,
            skills=tuple(sorted({chance.choice(SKILLS), chance.choice(SKILLS)})),
        )
