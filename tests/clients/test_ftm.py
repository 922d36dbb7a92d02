"""followthemoney takes every entity as it stands: nothing is cleaned away, every reference leads to an entity of the right sort."""

import json

from followthemoney import model
from followthemoney.proxy import EntityProxy


def entities(server, filters):
    return [json.loads(line) for line in server.get("/export.ftm.json", filters).text.splitlines()]


def test_the_events_are_the_screen(server, filters, shown):
    found = entities(server, filters)
    assert [one["id"] for one in found if one["schema"] == "Event"] == shown
    assert server.get("/export.ftm.json", filters).total == len(shown)
    ids = [one["id"] for one in found]
    assert len(ids) == len(set(ids))


def test_every_value_is_valid_and_every_reference_leads_somewhere(server):
    found = entities(server, {})
    by_id = {one["id"]: one for one in found}
    schemata = set()
    for one in found:
        schema = model.get(one["schema"])
        assert schema is not None and not schema.abstract
        schemata.add(schema.name)
        schema.validate(one)
        for name in schema.required:
            assert one["properties"].get(name), f"{one['id']} has no {name}"
        for name, values in one["properties"].items():
            prop = schema.get(name)
            assert prop is not None, f"{schema.name} has no {name}"
            for value in values:
                assert prop.type.validate(value), f"{one['id']}: {name} is {value!r}"
                assert prop.type.clean(value) is not None, f"{one['id']}: {name} is {value!r}"
                assert len(value) <= prop.max_length
                if prop.type.name == "entity":
                    other = model.get(by_id[value]["schema"])
                    assert other.is_a(prop.range), f"{one['id']}: {name} leads to a {other.name}"
        proxy = EntityProxy.from_dict(one, cleaned=False)
        kept = {name: set(values) for name, values in one["properties"].items()}
        assert {prop.name: set(proxy.get(prop)) for prop in proxy.iterprops()} == kept
    assert {"Event", "Sanction", "PublicBody", "Organization", "LegalEntity"} <= schemata
