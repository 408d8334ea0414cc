"""France Travail without France Travail: a server that keeps its API's contract."""

from ingest.simulator.france_travail.server import FranceTravailServer
from ingest.simulator.france_travail.world import offers_on

__all__ = ["FranceTravailServer", "offers_on"]
