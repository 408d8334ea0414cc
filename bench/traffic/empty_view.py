"""What Flask under this server costs at least: a view that answers two bytes.

Run with a port, it serves as `jobdash serve` does, with as many workers and threads.
"""

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from pipeline.server import THREADS

HOST, WORKERS = "127.0.0.1", 2


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def empty() -> str:
        return "ok"

    return app


if __name__ == "__main__":
    Granian(
        "empty_view:create_app",
        factory=True,
        address=HOST,
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level="error",
    ).serve()
