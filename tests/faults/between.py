"""A server between jobdash and the simulator, which hands on what the simulator says in its own way."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import requests

# What is written to the handler's `wfile`, for the number of the call and what the simulator said to it.
Answer = Callable[[BaseHTTPRequestHandler, int, bytes], None]


@contextmanager
def between(base_url: str, answer: Answer) -> Iterator[str]:
    """Its address. Nobody waits for its answers when the block ends."""
    calls = count(1)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            call = next(calls)
            said = requests.get(base_url + self.path, timeout=60)
            self.send_response_only(said.status_code)
            for name in ("Content-Type", "Date"):
                self.send_header(name, said.headers[name])
            self.end_headers()
            with suppress(OSError):  # nobody listens any more
                answer(self, call, said.content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
