"""Bodies are read few at a time: who sends one slowly holds a thread, and others want to be answered."""

from threading import BoundedSemaphore

from flask import Flask, request

from serve.problems import Problem

AT_ONCE = 2  # of the threads of a process, half
WAIT_S = 0.02  # longer than reading takes, and short where hundreds wait
LARGEST = 128 * 1024  # bytes


def register(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    places = BoundedSemaphore(AT_ONCE)

    @app.before_request
    def read() -> None:
        if request.method != "POST":
            return
        if not places.acquire(timeout=WAIT_S):
            raise Problem(429, "Too many bodies at once", "Others are being read. Try again soon.")
        try:
            request.get_data()  # kept for whoever asks for it
        finally:
            places.release()
