from flows.answers import found, mentioned, triggered
from flows.domain import Filling, Slot


def slot(name, *fillings):
    return Slot(name=name, kind="text", fillings=fillings)


def entity(name, value, start=None, end=None):
    return {"entity": name, "value": value, "start": start, "end": end}


def parse(*entities, intent=None, text=""):
    return {"text": text, "intent": {"name": intent}, "entities": list(entities)}


NUMBER = slot("number", Filling(kind="from_entity", entity="number"))
POSTCODE = slot("postcode", Filling(kind="from_entity", entity="postcode"))
FREE = slot("free", Filling(kind="from_text"))
SECRET = slot("secret", Filling(kind="custom"))
NO = slot("no", Filling(kind="from_intent", intents=("deny",), value="none"))
BOTH = parse(entity("number", "48213", 0, 5), entity("postcode", "48213", 0, 5))


def test_one_piece_of_text_fills_one_slot_and_the_one_we_asked_for_first():
    assert found(NUMBER, [POSTCODE], BOTH, sure=True) == {"number": "48213"}
    assert found(POSTCODE, [NUMBER], BOTH, sure=True) == {"postcode": "48213"}


def test_two_pieces_fill_two_slots():
    both = parse(entity("number", "48213", 0, 5), entity("postcode", "10115", 7, 12))
    expected = {"number": "48213", "postcode": "10115"}
    assert found(NUMBER, [POSTCODE], both, sure=True) == expected


def test_values_without_a_place_do_not_exclude_each_other():
    both = parse(entity("number", "1"), entity("postcode", "2"))
    assert mentioned([NUMBER, POSTCODE], both) == {"number": "1", "postcode": "2"}


def test_an_intent_fills_a_slot_only_if_it_may_be_relied_upon():
    said = parse(intent="deny")
    assert found(NO, [], said, sure=True) == {"no": "none"}
    assert found(NO, [], said, sure=False) == {}
    assert found(NO, [], parse(intent="affirm"), sure=True) == {}


def test_a_free_text_fills_the_slot_we_asked_for_and_no_other():
    said = parse(text=" the blue one ")
    assert found(FREE, [], said, sure=False) == {"free": "the blue one"}
    assert found(NUMBER, [FREE], said, sure=False) == {}
    assert mentioned([FREE], said) == {}


def test_what_actions_alone_set_is_never_filled():
    said = parse(entity("secret", "1"), intent="secret", text="secret")
    assert found(SECRET, [SECRET], said, sure=True) == {}


def test_a_mapping_counts_for_its_intents_alone():
    some = slot("some", Filling(kind="from_text", intents=("inform",)))
    other = slot("other", Filling(kind="from_text", not_intents=("inform",)))
    said = parse(text="blue", intent="inform")
    assert found(some, [], said, sure=False) == {"some": "blue"}
    assert found(other, [], said, sure=False) == {}


def test_a_mapping_counts_in_its_flow_while_its_slot_is_asked():
    filling = Filling(kind="from_text", places=(("form", "where"), (None, "never")))
    where, said = slot("where", filling), parse(text="here")
    assert found(where, [], said, sure=True, flow="form") == {"where": "here"}
    assert found(where, [], said, sure=True, flow="another") == {}


def test_an_entity_fills_the_slot_of_its_role():
    to = slot("to", Filling(kind="from_entity", entity="city", role="arrival"))
    cities = [
        entity("city", one, at, at + 1) for at, one in enumerate(("Rome", "Bonn"))
    ]
    cities[1]["role"] = "arrival"
    assert mentioned([to], parse(*cities)) == {"to": "Bonn"}


def test_an_intent_that_begins_a_flow_fills_a_slot():
    begun = Filling(kind="from_trigger_intent", intents=("lost",), value="password")
    assert triggered([slot("topic", begun), FREE], "lost") == {"topic": "password"}
    assert triggered([slot("topic", begun)], "found") == {}
