"""A Flask app as a running server: in the background for tests, in front for people."""

import socket
from threading import Event, Thread
from types import TracebackType
from typing import Self

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

POLL_SECONDS = 0.05  # how soon a stop is noticed


class LocalServer:
    """Serves `app` from its creation to `stop`, which also sets `closing`.

    Port 0 takes a free one. Use it as a context manager, which serves from a background thread, or
    call `serve_forever`. Raises OSError if the address is taken.
    """

    def __init__(self, app: Flask, host: str, port: int, closing: Event) -> None:
        self._closing = closing
        with _bound(host, port) as taken:  # given a port, werkzeug would exit if it is in use
            self._server = make_server(
                host, port, app, threaded=True, request_handler=_Quiet, fd=taken.fileno()
            )
        self.address = f"http://{host}:{self._server.port}"
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
    def send_response(self, code: int, message: str | None = None) -> None:
        """Without this machine's Date: an app may live on another day."""
        self.send_response_only(code, message)

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
