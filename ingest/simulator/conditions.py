"""A query as conditions that an entry meets or not, one for each thing asked."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ingest.simulator.entry import Entry, words
from ingest.simulator.query import Query

Condition = Callable[[Entry], bool]


def conditions(query: Query, today: date) -> Iterator[Condition]:
    """All conditions of `query` on the day `today`, the cheap ones first."""
    yield from lasting_conditions(query)
    yield from passing_conditions(query, today)


def lasting_conditions(query: Query) -> Iterator[Condition]:
    """Those on what an ad keeps all its life."""
    yield lambda entry: entry.country == query.country
    if query.category is not None:
        yield lambda entry: entry.category == query.category
    if query.contract_times:
        yield lambda entry: entry.contract_time in query.contract_times
    if query.contract_types:
        yield lambda entry: entry.contract_type in query.contract_types
    if query.company is not None:
        company = words(query.company)
        yield lambda entry: entry.company == company
    if query.where or query.locations:
        yield _is_there(query)


def passing_conditions(query: Query, today: date) -> Iterator[Condition]:
    """Those on an ad's age, and on what an edit can change."""
    if query.max_days_old is not None:
        oldest = (today - timedelta(days=query.max_days_old)).isoformat()
        yield lambda entry: entry.created >= oldest
    if query.salary_min is not None or query.salary_max is not None:
        yield _pays(query)
    yield from _sayings(query)


def _pays(query: Query) -> Condition:
    least, most = query.salary_min or 0, query.salary_max

    def pays(entry: Entry) -> bool:
        if entry.low is None or entry.high is None:
            return query.salary_include_unknown
        return entry.high >= least and (most is None or entry.low <= most)

    return pays


def _is_there(query: Query) -> Condition:
    where = words(query.where)
    levels = [(position, words(name)) for position, name in query.locations]

    def is_there(entry: Entry) -> bool:
        return any(where in level for level in entry.area) and all(
            position < len(entry.area) and entry.area[position] == name for position, name in levels
        )

    return is_there


def _sayings(query: Query) -> Iterator[Condition]:
    if wanted := terms(f"{query.what} {query.what_and}"):
        yield lambda entry: all(term in entry.text for term in wanted)
    if in_title := terms(query.title_only):
        yield lambda entry: all(term in entry.title for term in in_title)
    if query.what_phrase:
        phrase = words(query.what_phrase)
        yield lambda entry: phrase in entry.text
    if alternatives := terms(query.what_or):
        yield lambda entry: any(term in entry.text for term in alternatives)
    if unwanted := terms(query.what_exclude):
        yield lambda entry: not any(term in entry.text for term in unwanted)


def terms(text: str) -> list[str]:
    """The words of `text`, each between blanks, to be looked for in an entry's words."""
    return [f" {word} " for word in words(text).split()]
