"""The whole record in one zip: what the manifest says of it is so, and its events come back."""

import hashlib
import io
import json
import zipfile

import pandas as pd


def test_the_manifest_agrees_with_the_files_and_the_files_with_the_screen(server, filters, shown):
    answer = server.get("/export.zip", filters)
    dump = zipfile.ZipFile(io.BytesIO(answer.body))
    assert dump.testzip() is None
    manifest = json.loads(dump.read("manifest.json"))
    assert manifest["events"] == answer.total == len(shown)
    assert {one["name"] for one in manifest["files"]} | {"manifest.json"} == set(dump.namelist())
    for one in manifest["files"]:
        bytes_ = dump.read(one["name"])
        assert len(bytes_) == one["bytes"]
        assert hashlib.sha256(bytes_).hexdigest() == one["sha256"]
        if one["name"].endswith(".csv"):
            assert len(pd.read_csv(io.BytesIO(bytes_), dtype=str)) == one["rows"], one["name"]
    assert list(pd.read_csv(io.BytesIO(dump.read("events.csv")), dtype=str)["event_id"]) == shown
    assert [json.loads(line)["event_id"] for line in dump.read("events.jsonl").splitlines()] == shown
    for name in ["sources", "relations", "parties"]:
        assert dump.read(f"{name}.csv") == server.get(f"/{name}.csv", {**filters, "dialect": "raw"}).body


def test_unzip_takes_what_the_command_writes(server, tmp_path):
    file = tmp_path / "record.zip"
    server.run("export", "--format", "zip", "-o", str(file))
    assert zipfile.ZipFile(file).testzip() is None


def test_bibtex_has_an_entry_an_event(server, filters, shown):
    text = server.get("/export.bib", filters).text
    keys = [line.removeprefix("@misc{").split("-r")[0] for line in text.splitlines() if line.startswith("@misc{")]
    assert keys == shown
    depth = 0
    for place, sign in enumerate(text):
        if sign in "{}" and (place == 0 or text[place - 1] != "\\"):
            depth += 1 if sign == "{" else -1
            assert depth >= 0
    assert depth == 0
