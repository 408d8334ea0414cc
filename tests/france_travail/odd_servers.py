"""Servers of one answer, for what the simulator does not do."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@contextmanager
def server_that(
    answers: Callable[[BaseHTTPRequestHandler], None],
    gives_token: Callable[[BaseHTTPRequestHandler], None] | None = None,
) -> Iterator[str]:
    """Yields its address; POST gives a token, GET `answers`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers(self)

        def do_POST(self) -> None:
            (gives_token or _a_token)(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def answer(status: int, body: bytes = b"", **headers: str) -> Callable:
    """Headers are written with underscores for hyphens."""

    def answers(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answers


def _a_token(handler: BaseHTTPRequestHandler) -> None:
    answer(200, json.dumps({"access_token": "t0ken", "expires_in": 1499}).encode())(handler)
