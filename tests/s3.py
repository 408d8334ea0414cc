"""S3 over HTTP: moto's server keeps Amazon's contract."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer

KEY, SECRET = "someone", "hush-hush"


class S3(ThreadedMotoServer):
    """Empty when it begins: moto keeps what it was given for all servers of a process."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        super().__init__(ip_address="127.0.0.1", port=0, verbose=False)
        self.start()
        self.address = "http://{}:{}".format(*self.get_host_and_port())
        self.settings = {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        self.tell("reset")

    def tell(self, name: str, told: str = "") -> None:
        requests.post(f"{self.address}/moto-api/{name}", data=told, timeout=5)

    def stop(self) -> None:
        if self._server:
            super().stop()
            self._server = None


@contextmanager
def s3_with(bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """For this process and those that it starts."""
    server = S3()
    for name, value in server.settings.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3").create_bucket(Bucket=bucket)
    try:
        yield server
    finally:
        server.stop()
