import pytest
from nights import DAY, FastClock, Nights, at_night

from core.database import transaction


@pytest.fixture
def nights(database: str) -> Nights:
    return Nights(database, FastClock(at_night(DAY)))


@pytest.fixture
def query(connection):
    def query(statement: str, *values: object) -> list[tuple]:
        with transaction(connection) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return query
