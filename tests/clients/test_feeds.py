"""feedparser subscribes to any filter, a page at a time; icalendar takes the events as whole days."""

import datetime
import json
from urllib.parse import urlencode

import feedparser
import icalendar


def entries(server, address):
    """Every entry of a feed and of the pages after it, the pages counted."""
    found, pages = [], 0
    while address:
        answer = server.get(address)
        feed = feedparser.parse(answer.body)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert feed.feed.author and feed.feed.updated_parsed and feed.feed.id
        found += feed.entries
        pages += 1
        following = [link.href for link in feed.feed.links if link.rel == "next"]
        address = following[0].removeprefix(server.origin) if following else None
    return found, pages


def test_the_feed_of_a_filter_is_the_screen(server, filters, shown):
    answer = server.get("/feed.atom", filters)
    assert answer.total == len(shown)
    found, _ = entries(server, address_of("/feed.atom", filters))
    assert [entry.id.rsplit("/", 1)[-1] for entry in found] == shown
    for entry in found:
        assert entry.link.startswith(server.origin + "/events/EV-")
        assert entry.updated_parsed and entry.title


def address_of(path, filters):
    query = urlencode(filters, doseq=True)
    return f"{path}?{query}" if query else path


def test_the_pages_of_a_feed_are_the_feed(server):
    whole, pages = entries(server, "/feed.atom?party=IRN")
    by_twenty, many = entries(server, "/feed.atom?party=IRN&per=20")
    assert [entry.id for entry in by_twenty] == [entry.id for entry in whole]
    assert pages == 1 and many == -(-len(whole) // 20)


def test_a_feed_that_has_not_changed_is_not_sent_again(server):
    first = server.get("/feed.atom?kind=sanction")
    again = server.get("/feed.atom?kind=sanction", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_the_calendar_is_the_screen(server, filters, shown):
    answer = server.get("/export.ics", filters)
    calendar = icalendar.Calendar.from_ical(answer.body)
    found = [part for part in calendar.walk("VEVENT")]
    assert [str(event["UID"]).removesuffix("@demarche") for event in found] == shown
    assert answer.total == len(found)
    assert all(len(line) <= 75 for line in answer.body.split(b"\r\n"))


def test_a_calendar_s_days_are_the_possible_days(server):
    lines = [json.loads(line) for line in server.get("/export.jsonl").text.splitlines()]
    told = {row["event_id"]: row for row in lines}
    calendar = icalendar.Calendar.from_ical(server.get("/export.ics").body)
    for event in calendar.walk("VEVENT"):
        row = told[str(event["UID"]).removesuffix("@demarche")]
        first, end = event["DTSTART"].dt, event["DTEND"].dt
        assert type(first) is datetime.date and type(end) is datetime.date
        assert first.isoformat() == (row["date_earliest"] or row["date_latest"])
        last = end - datetime.timedelta(days=1)
        assert last.isoformat() == (row["date_latest"] or row["date_earliest"])
        assert str(event["SUMMARY"]) == row["headline"]
        assert str(event["URL"]) == row["url"]
        assert not event.errors
