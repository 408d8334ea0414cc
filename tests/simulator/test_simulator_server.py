"""Starting, stopping and keeping quiet."""

import socket
from threading import Thread

import pytest
import requests

from ingest.simulator import SimulatorServer


def test_a_stopped_server_answers_nobody_and_frees_its_port(world, day, ask):
    with (
        requests.Session() as session,
        SimulatorServer(world[:10], today=day) as server,
    ):
        assert session.get(f"{server.base_url}/version", timeout=5).status_code == 401
        server.stop()
        with pytest.raises(requests.ConnectionError):
            session.get(f"{server.base_url}/version", timeout=5)
        port = int(server.base_url.split(":")[2].split("/")[0])
        with SimulatorServer(world[:10], today=day, port=port) as again:
            assert again.base_url == server.base_url
            assert ask(again, "version").status_code == 200


def test_a_taken_port_is_told_with_what_to_do(day):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"127.0.0.1:{port}.*another port"):
            SimulatorServer([], today=day, port=port)


def test_it_can_be_served_in_front(world, day, ask):
    server = SimulatorServer(world[:10], today=day)
    front = Thread(target=server.serve_forever)
    front.start()
    assert ask(server, "jobs/fr/search/1").status_code == 200
    server.stop()
    front.join(timeout=5)
    assert not front.is_alive()


def test_keys_are_never_printed_or_logged(day, ask, capfd, caplog):
    caplog.set_level("DEBUG")
    with SimulatorServer([], today=day, app_id="me", app_key="s3cret") as server:
        ask(server, "jobs/fr/search/1", app_id="me", app_key="s3cret")
        ask(server, "jobs/fr/search/x", app_id="me", app_key="s3cret")
    captured = capfd.readouterr()
    ours = [record for record in caplog.records if not record.name.startswith("urllib3")]
    assert "s3cret" not in captured.out + captured.err + "".join(r.getMessage() for r in ours)
