"""pandas reads the CSVs and JSON Lines: the ids of the screen, in its order, and every value in its place."""

import io
import json

import pandas as pd
import pytest

SCREEN_COLUMNS = ["event_id", "date", "kind", "modality", "headline"]


def frame(text):
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def values(cell):
    """The values of a cell: joined by bars, a backslash before a sign that is meant itself."""
    found, escaped = [""], False
    for sign in cell:
        if escaped:
            found[-1] += sign
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == "|":
            found.append("")
        else:
            found[-1] += sign
    return found if cell else []


@pytest.mark.parametrize("dialect", ["raw", "excel"])
def test_the_csv_is_the_screen(server, filters, shown, dialect):
    answer = server.get("/export.csv", {**filters, "dialect": dialect})
    table = frame(answer.body.decode("utf-8-sig"))
    assert list(table["event_id"]) == shown
    assert answer.total == len(shown) == len(table)
    assert answer.body.startswith(b"\xef\xbb\xbf") == (dialect == "excel")
    assert pd.to_datetime(table["created_at"], utc=True, format="ISO8601").notna().all()


def test_the_command_writes_the_bytes_of_the_address(server):
    flags = ["--kind", "sanction", "--sort", "oldest"]
    address = server.get("/export.csv", {"kind": "sanction", "sort": "oldest", "dialect": "raw"}).text
    command = server.run("export", *flags)
    ours = frame(command).drop(columns="url")
    assert ours.equals(frame(address).drop(columns="url"))


def test_the_dialects_differ_by_the_guard_alone(server):
    raw = frame(server.get("/export.csv", {"dialect": "raw"}).text)
    excel = frame(server.get("/export.csv").body.decode("utf-8-sig"))
    guarded = raw.map(lambda cell: "'" + cell if cell[:1] in "=+-@\t\r" and cell else cell)
    assert excel.equals(guarded)
    assert (excel != raw).any(axis=None)


def test_json_lines_have_the_columns_of_the_csv(server, filters, shown):
    answer = server.get("/export.jsonl", filters)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["event_id"] for line in lines] == shown
    assert answer.total == len(lines)
    csv = frame(server.get("/export.csv", {**filters, "dialect": "raw"}).text)
    read = pd.read_json(io.StringIO(answer.text), lines=True, dtype=False)
    for row, line in zip(csv.to_dict("records"), lines):
        assert list(line) == list(row)
        assert values(row["named"]) == line["named"]
        assert values(row["actor_codes"]) == [party["code"] for party in line["actors"]]
        assert values(row["actors"]) == [party["name"] for party in line["actors"]]
        for column in SCREEN_COLUMNS:
            assert row[column] == line[column]
    if shown:
        assert list(read["event_id"]) == shown


def test_the_tables_join_the_events(server, filters, shown):
    events = frame(server.get("/export.csv", {**filters, "dialect": "raw"}).text).set_index("event_id")
    sources = frame(server.get("/sources.csv", {**filters, "dialect": "raw"}).text)
    assert list(dict.fromkeys(sources["event_id"])) == [one for one in shown if events["source_count"][one] != "0"]
    for event_id, rows in sources.groupby("event_id", sort=False):
        row = events.loc[event_id]
        for ours, theirs in [("url", "source_urls"), ("publisher", "source_publishers"), ("title", "source_titles"), ("published", "source_dates")]:
            written = values(row[theirs]) or [""] * int(row["source_count"])
            assert list(rows[ours]) == written, event_id
        assert list(rows["position"]) == [str(place + 1) for place in range(int(row["source_count"]))]
    relations = frame(server.get("/relations.csv", {**filters, "dialect": "raw"}).text)
    told = relations["relation"] + ":" + relations["to_event_id"]
    by_event = told.groupby(relations["event_id"]).agg(list).to_dict() if len(relations) else {}
    assert by_event == {one: values(events["relations"][one]) for one in shown if events["relations"][one]}
    parties = frame(server.get("/parties.csv", {**filters, "dialect": "raw"}).text)
    acting = events["actor_codes"].map(values)
    target = events["target_codes"].map(values)
    for party in parties.to_dict("records"):
        either = [party["code"] in a or party["code"] in t for a, t in zip(acting, target)]
        assert int(party["events"]) == sum(either), party
        assert int(party["as_actor"]) == sum(party["code"] in codes for codes in acting)
    assert set(parties["code"]) == {code for codes in [*acting, *target] for code in codes}
