"""A snapshot of Redis, asked for as a replica does: the server writes it while it goes on answering."""

from pathlib import Path

import redis

from core.errors import BackupFailed
from pipeline.backup.store import BackupStore, Seal, seal, written

WITHIN_S = 120
CHUNK = 1 << 20
MAGICS = (b"REDIS", b"VALKEY")


def take_snapshot(url: str, store: BackupStore, stamp: str) -> Seal:
    """Raises BackupFailed where the server does not give one."""
    try:
        with written(store.redis(stamp)) as aside:
            _fetch(url, aside)
            return seal(aside)
    except (redis.RedisError, OSError) as error:
        raise BackupFailed(
            f"Redis gave no snapshot ({type(error).__name__}): check REDIS_URL and run it again."
        ) from None


def is_cluster(url: str) -> bool:
    return url.startswith("redis+cluster")


def _fetch(url: str, aside: Path) -> None:
    client = redis.Redis.from_url(url, socket_timeout=WITHIN_S)
    connection = client.connection_pool.make_connection()
    try:
        connection.connect()
        # redis-py has no call for SYNC, but its connection has done TLS and the password
        with connection._sock.makefile("rwb") as stream, aside.open("xb") as file:
            stream.write(b"SYNC\r\n")
            stream.flush()
            left = _length(stream)
            while left:
                chunk = stream.read(min(CHUNK, left))
                if not chunk:
                    raise redis.ConnectionError("the snapshot was cut off")
                file.write(chunk)
                left -= len(chunk)
    finally:
        connection.disconnect()
    with aside.open("rb") as file:
        if not file.read(6).startswith(MAGICS):
            raise redis.ResponseError("this is no snapshot")


def _length(stream) -> int:
    """While the snapshot is made the server sends empty lines."""
    while not (line := stream.readline().strip()):
        pass
    if not line.startswith(b"$"):
        raise redis.ResponseError(line.decode(errors="replace"))
    return int(line[1:])
