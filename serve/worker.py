"""What one process of `jobdash serve` runs: the application, and beside it one thread that listens for
publications, and one that ends the process when its server is gone."""

import logging
import os
import signal
import time
from threading import Thread

from flask import Flask

from core.settings import Settings
from serve.app import create_app
from serve.busiest import OF_OUR_OWN
from serve.cache import CHANNEL
from serve.redis_server import GONE, connect

log = logging.getLogger(__name__)

WARMED = 50  # questions
WARMING = "jobdash:warming"
ADD_UP_EVERY_S, AGAIN_AFTER_S = 10, 1
LOOK_EVERY_S = 1


def create_worker() -> Flask:
    settings = Settings()
    app = create_app(settings)
    url = settings.redis_url.get_secret_value()
    Thread(target=_listen, args=(app, url), name="publications", daemon=True).start()
    Thread(target=_end_with, args=(os.getppid(),), name="server", daemon=True).start()
    return app


def _end_with(server: int) -> None:
    """One whose server was killed would hold the port, and answer beside the next server's workers."""
    while os.getppid() == server:
        time.sleep(LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)


def _listen(app: Flask, url: str) -> None:
    """Without Redis it tries again and again: publications are read from the database meanwhile."""
    while True:
        try:
            redis = connect(url)
            with redis.pubsub(ignore_subscribe_messages=True) as heard:
                heard.subscribe(CHANNEL)
                _warm(app, redis, "begin")
                while True:
                    message = heard.get_message(timeout=ADD_UP_EVERY_S)
                    app.extensions["jobdash"].busiest.add_up()
                    if message:
                        _warm(app, redis, message["data"].decode())
        except GONE:
            app.extensions[
                "jobdash"
            ].busiest.add_up()  # or they would grow while nobody adds them up
            time.sleep(AGAIN_AFTER_S)
        except Exception:
            log.exception("listening for publications failed")
            time.sleep(AGAIN_AFTER_S)


def _warm(app: Flask, redis, publication: str) -> None:
    """Every process loads the model; one of all of them answers what is asked most."""
    client = app.test_client()
    client.environ_base[OF_OUR_OWN] = True
    client.get("/readyz")
    if redis.set(f"{WARMING}:{publication}", b"1", ex=60, nx=True):
        for path in app.extensions["jobdash"].busiest.top(WARMED):
            client.get(path)
