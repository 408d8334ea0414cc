"""The phrases that the simulator writes ads from, all of them the project's own."""

from ingest.simulator.phrases import (
    building,
    digital,
    english,
    health,
    hospitality,
    industry,
    office,
    selling,
    services,
    transport,
)
from ingest.simulator.phrases.trade import Trade

FRENCH_TRADES = tuple(
    trade
    for module in (
        digital,
        health,
        transport,
        hospitality,
        office,
        selling,
        building,
        industry,
        services,
    )
    for trade in vars(module).values()
    if isinstance(trade, Trade)
)
ENGLISH_TRADES = tuple(trade for trade in vars(english).values() if isinstance(trade, Trade))
