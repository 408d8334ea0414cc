"""Adzuna without Adzuna: a server that keeps its API's contract, over invented or replayed ads."""

from ingest.simulator.answers import Answers
from ingest.simulator.diary import Diary
from ingest.simulator.faults import KINDS, FaultPlan, parse_faults
from ingest.simulator.living import LivingWorld
from ingest.simulator.loading import load_ads, parse_day
from ingest.simulator.server import SimulatorServer
from ingest.simulator.world import ads_on

__all__ = [
    "KINDS",
    "Answers",
    "Diary",
    "FaultPlan",
    "LivingWorld",
    "SimulatorServer",
    "ads_on",
    "load_ads",
    "parse_day",
    "parse_faults",
]
