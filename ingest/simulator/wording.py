"""Titles, texts and employers of ads, put together from phrases."""

import random
import re

from ingest.simulator.pay import amounts_in_words
from ingest.simulator.phrases.names import SURNAMES, WORDS
from ingest.simulator.phrases.sectors import AGENCIES
from ingest.simulator.phrases.trade import FREELANCE, Sector, Trade
from ingest.simulator.phrases.voices import ENGLISH, FALSE_FRIENDS, FRENCH, PAY_SENTENCES, Voice

# Shares in 2,632 real ads unless said otherwise.
MARKED_SHARE = 0.49  # H/F in one of its spellings
MARKS = (" H/F", " (H/F)", " F/H", " (F/H)", " h/f", " f/h")
CAPITALS_SHARE = 0.11
PERMANENT_MARK_SHARE = 0.042  # "(CDI)"
FREELANCE_MARK_SHARE = 0.028  # "(IT)", on a third of the ads: 0.9 %
PAY_SENTENCE_SHARE = 0.02
FALSE_FRIEND_SHARE = 0.02
SHORT_SHARE = 0.024  # texts that are not cut at 500 characters
AGENCY_SHARE = 0.12
KNOWN_EMPLOYER_SHARE = 0.15
RESPELT_EMPLOYER_SHARE = 0.2
# The parts of a text; where the API cuts decides what a reader gets to see.
ORDERS = (
    ("intro", "opening", "tasks", "profile", "skills", "offer", "closing"),
    ("intro", "opening", "skills", "tasks", "profile", "offer", "closing"),
    ("opening", "tasks", "skills", "profile", "offer", "intro", "closing"),
    ("opening", "intro", "tasks", "profile", "skills", "offer", "closing"),
    ("opening", "profile", "skills", "tasks", "offer", "intro", "closing"),
    ("tasks", "profile", "skills", "opening", "intro", "offer", "closing"),
)


def write_employer(rng: random.Random, sector: Sector, town: str) -> tuple[str, str]:
    """The employer's name as its own text says it, and as this ad spells it."""
    if rng.random() < KNOWN_EMPLOYER_SHARE:
        name = rng.choice(sector.known)
    else:
        name = rng.choice(sector.patterns).format(
            surname=rng.choice(SURNAMES), word=rng.choice(WORDS), town=town
        )
    if rng.random() >= RESPELT_EMPLOYER_SHARE:
        return name, name
    spell = rng.choice((str.upper, str.lower, _joined, lambda n: f"{n} SAS", lambda n: f"{n}."))
    return name, spell(name)


def pick_sector(rng: random.Random, trade: Trade) -> Sector:
    agency = rng.random() < AGENCY_SHARE and not trade.is_english
    return AGENCIES if agency else trade.sector


def write_title(rng: random.Random, trade: Trade, job: str) -> str:
    """A headline for `job`, a "masculine|feminine" title of the trade."""
    man, _, woman = job.partition("|")
    title = man
    if woman and woman != man and rng.random() < 0.3:
        title = f"{man}{rng.choice((' / ', '/', ' - '))}{woman}"
    if rng.random() < 0.45:
        title += rng.choice((" ", " - ", " – ")) + rng.choice(trade.specialties)
    if rng.random() < MARKED_SHARE:
        title += rng.choice(MARKS)
    if rng.random() < PERMANENT_MARK_SHARE:
        title += " (CDI)"
    elif trade.pay_periods is FREELANCE and rng.random() < FREELANCE_MARK_SHARE:
        title += " (IT)"
    return title.upper() if rng.random() < CAPITALS_SHARE else title


def write_text(
    rng: random.Random, trade: Trade, job: str, town: str, employer: str, sector: Sector
) -> str:
    """The whole text of an ad in one line, as long as its author liked."""
    voice = ENGLISH if trade.is_english else FRENCH
    parts = {
        "intro": rng.choice(sector.introductions).format(
            name=employer, year=rng.randint(1948, 2021), staff=rng.randint(12, 180)
        ),
        "opening": rng.choice(voice.openings).format(
            job=_either_sex(rng, voice, job), setting=rng.choice(trade.settings), town=town
        ),
        "tasks": _tasks(rng, voice, trade),
        "profile": _profile(rng, voice, trade),
        "skills": rng.choice(voice.skill_leads).format(
            skills=_listed(rng.sample(trade.skills, rng.randint(3, 6)), voice)
        ),
        "offer": " ".join(rng.sample(voice.offers, 2)),
        "closing": " ".join(rng.sample(voice.closings, 2)),
    }
    if not trade.is_english:
        parts["opening"] += _money(rng, trade)
    order = ("opening", "skills") if rng.random() < SHORT_SHARE else rng.choice(ORDERS)
    text = " ".join(parts[part] for part in order)
    return text.replace("'", "’") if rng.random() < 0.4 else text


def _either_sex(rng: random.Random, voice: Voice, job: str) -> str:
    man, _, woman = job.partition("|")
    if not woman:
        return man if voice is ENGLISH else f"un(e) {man}"
    man, woman = (_in_a_sentence(name) for name in (man, woman))
    if man == woman:
        return f"un ou une {man}"
    return rng.choice(voice.either_sex).format(m=man, f=woman)


def _in_a_sentence(name: str) -> str:
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _tasks(rng: random.Random, voice: Voice, trade: Trade) -> str:
    heading, separator, end = rng.choice(voice.lists)
    tasks = rng.sample(trade.tasks, rng.randint(4, 7))
    if separator == ", ":
        return f"{heading} {_listed(tasks, voice)}{end}"
    if separator != " ; ":
        tasks = [task[0].upper() + task[1:] for task in tasks]
        return f"{heading}{separator}{separator.join(tasks)}{end}"
    return f"{heading} {separator.join(tasks)}{end}"


def _profile(rng: random.Random, voice: Voice, trade: Trade) -> str:
    sentences = rng.sample(trade.requirements, rng.randint(2, 3))
    sentences.insert(rng.randint(0, len(sentences)), rng.choice(voice.traits))
    return " ".join([rng.choice(voice.profile_heads), *sentences]).strip()


def _money(rng: random.Random, trade: Trade) -> str:
    drawn = rng.random()
    if drawn < PAY_SENTENCE_SHARE:
        return " " + rng.choice(PAY_SENTENCES).format(**amounts_in_words(rng, trade))
    if drawn < PAY_SENTENCE_SHARE + FALSE_FRIEND_SHARE:
        return " " + rng.choice(FALSE_FRIENDS).format(**amounts_in_words(rng, trade))
    return ""


def _listed(names: list[str], voice: Voice) -> str:
    return ", ".join(names[:-1]) + voice.conjunction + names[-1]


def _joined(name: str) -> str:
    return re.sub(r"[ '&]+", "-", name)
