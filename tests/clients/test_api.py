"""schemathesis asks the API everything that its description allows and much that it does not, and finds nothing."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT


def test_schemathesis_finds_nothing(own_server, tmp_path):
    command = [
        str(Path(sys.executable).parent / "st"), "--config-file", str(ROOT / "tests/clients/schemathesis.toml"), "run",
        f"{own_server.origin}/api/v1/openapi.json", "--header", f"Authorization: Bearer {own_server.token}",
        "--checks", "all", "--max-examples", "40", "--seed", "1", "--no-color", "--report-dir", str(tmp_path),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]


def test_a_page_of_another_site_may_read_and_not_write(own_server):
    read = own_server.get("/api/v1/events", headers={"Origin": "https://elsewhere.example"})
    assert read.headers["Access-Control-Allow-Origin"] == "*"
    import urllib.request

    def preflight(path, method):
        request = urllib.request.Request(own_server.origin + path, method="OPTIONS", headers={
            "Origin": "https://elsewhere.example", "Access-Control-Request-Method": method})
        return own_server.ask(request)

    reading = preflight("/api/v1/events", "GET")
    assert reading.status == 204
    assert reading.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "POST" not in preflight("/api/v1/events", "POST").headers["Access-Control-Allow-Methods"]
    assert preflight("/api/v1/ingest", "POST").status == 405


def test_the_description_names_only_what_the_record_gives(own_server):
    described = json.loads(own_server.get("/api/v1/openapi.json").text)
    event = json.loads(own_server.get("/api/v1/events?per=1").text)["events"][0]
    assert list(described["components"]["schemas"]["Event"]["properties"]) == list(event)
