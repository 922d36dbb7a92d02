"""The real program on a port of its own, with the seed and some events that are hard to carry, and what a page shows."""

import html
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("DEMARCHE_BIN", str(ROOT / "target/debug/demarche"))

# Texts that readers of spreadsheets, calendars and feeds have been known to trip over.
HARD = [
    {"kind": "sanction", "date": "2024-09-10", "headline": "=1+1, \"quoted\" and; semicolons", "summary": "Two lines,\nthe second short.",
     "actors": ["USA", "GBR"], "targets": ["IRN"], "named": ["Pipe | and \\ slash", "+Plus Trading"], "quote": "-cmd|' /C calc'!A0",
     "authority": "OFAC", "program": "NPWMD", "legal_url": "https://law.example/order?a=1&b=2", "list_ids": ["00123"],
     "effective_date": "2024-10", "source_urls": ["https://wire.example/a?x=1&y=2", "https://post.example/b"],
     "source_publishers": ["Harbour Wire", "Post & Sons"], "source_titles": ["Carriers <listed>", "A second"],
     "source_dates": ["2024-09-10", "2024-09-11"], "tags": ["@home", "avion"]},
    {"kind": "statement", "date": "1815-06-09", "headline": "An old act, before spreadsheets count days", "actors": ["FRA"]},
    {"kind": "warning", "date": "2024-09-10/..", "headline": "Überprüfung of açaí — 外交 עִבְרִית 🕊", "actors": ["DEU"], "targets": ["IRN"]},
    {"kind": "pledge", "date": "../2031-12", "headline": "Up to a month far off; a comma, a semicolon", "actors": ["IRN"], "place": "Vienna, Austria"},
    {"kind": "visit", "date": "2024-02/2024-03~", "headline": "About two months of travel", "modality": "announced", "actors": ["RUS"], "targets": ["IRN"]},
    {"kind": "meeting", "date": "2023?", "headline": "x" * 300, "summary": "long " * 900, "actors": ["CHN", "RUS", "IRN"]},
]

# Filters of every sort, as a reader would put them together.
FILTERS = [
    {}, {"kind": "sanction"}, {"party": "IRN", "sort": "oldest"}, {"kind": ["warning", "pledge"], "modality": "announced"},
    {"from": "2018", "to": "2019-06"}, {"q": "nuclear"}, {"actor": "USA", "target": "IRN"}, {"q": "nothing-has-this-word"},
    {"as_of": "2026-01-01T00:00:00Z"},
]


def title_of(filters):
    return urlencode(filters, doseq=True) or "everything"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def total(self):
        return int(self.headers["X-Total-Count"])


class Server:
    """A running server and its record."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="demarche-clients-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("DEMARCHE_")}
        self.environment["DEMARCHE_ADMIN_PASSWORD"] = "a long enough passphrase"
        self.log = open(self.folder / "log", "w+")
        self.process = subprocess.Popen([PROGRAM, "serve", "--bind", f"127.0.0.1:{self.port}"], cwd=self.folder,
                                        env=self.environment, stdout=self.log, stderr=self.log)
        self.wait()
        self.token = self.run("token", "add", "clients", "--role", "editor").split()[-1]

    def wait(self):
        for _ in range(600):
            try:
                if self.get("/readyz").status == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.log.seek(0)
        raise RuntimeError(f"the server did not become ready:\n{self.log.read()}")

    def run(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=self.environment, capture_output=True, check=True)
        return done.stdout.decode("utf-8")

    def get(self, path, filters=None, headers=None):
        query = urlencode(filters or {}, doseq=True)
        address = self.origin + path + (("&" if "?" in path else "?") + query if query else "")
        return self.ask(urllib.request.Request(address, headers=headers or {}))

    def post(self, path, value):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return self.ask(urllib.request.Request(self.origin + path, json.dumps(value).encode(), headers))

    @staticmethod
    def ask(request):
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def screen(self, filters):
        """The ids that the pages of the timeline list under a filter, in their order."""
        ids, path = [], "/?" + urlencode({**filters, "per": 200}, doseq=True)
        while path:
            page = self.get(path)
            assert page.status == 200, page.text
            ids += [f"EV-{rest}" for rest in re.findall(r'<[a-z]+ [^>]*id="e-EV-([0-9A-Z]{6})"', page.text)]
            following = re.search(r'href="([^"]+)" rel="next"', page.text)
            path = html.unescape(following.group(1)) if following else None
        return ids

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server():
    running = Server()
    for event in HARD:
        answer = running.post("/api/v1/events", event)
        assert answer.status == 201, answer.text
    yield running
    running.stop()


@pytest.fixture(scope="module")
def own_server():
    """A record that a test may write into."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture(params=FILTERS, ids=title_of)
def filters(request):
    return request.param


@pytest.fixture
def shown(server, filters):
    """The ids on the screen."""
    return server.screen(filters)
