"""The simulator as a running server: in the background for tests, in front for people."""

import socket
from collections.abc import Iterable
from datetime import date
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import WSGIRequestHandler, make_server

from ingest.simulator.app import ROOT, create_app
from ingest.simulator.faults import FaultPlan

NO_FAULTS = FaultPlan()
POLL_SECONDS = 0.05  # how soon a stop is noticed


class SimulatorServer:
    """Serves `ads` as Adzuna would on `today`, from its creation to `stop`.

    Port 0 takes a free one. Use it as a context manager, which serves from a background thread, or
    call `serve_forever`. Raises OSError if the address is taken.
    """

    def __init__(
        self,
        ads: Iterable[Any],
        today: date,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        app_id: str = "simulator",
        app_key: str = "simulator",
        faults: FaultPlan = NO_FAULTS,
        seed: int = 0,
    ) -> None:
        self._closing = Event()
        app = create_app(
            ads,
            today,
            app_id=app_id,
            app_key=app_key,
            faults=faults,
            seed=seed,
            closing=self._closing,
        )
        with _bound(host, port) as taken:  # given a port, werkzeug would exit if it is in use
            self._server = make_server(
                host, port, app, threaded=True, request_handler=_Quiet, fd=taken.fileno()
            )
        self.base_url = f"http://{host}:{self._server.port}{ROOT}"
        self._thread: Thread | None = None

    def serve_forever(self) -> None:
        """Answer until `stop` or an interrupt."""
        self._server.serve_forever(POLL_SECONDS)

    def stop(self) -> None:
        """Let held answers go, stop answering and free the port."""
        self._closing.set()
        self._server.shutdown()
        if self._thread:
            self._thread.join()

    def __enter__(self) -> Self:
        self._thread = Thread(target=self.serve_forever, name="simulator", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests are not logged: their query strings hold the keys."""


def _bound(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise OSError(
            error.errno,
            f"cannot listen on {host}:{port} ({error.strerror}); name another port, or 0 for any",
        ) from error
