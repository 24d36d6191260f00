import base64
import json

import pytest

from bot.commands.recordings import FolderError, load, vectors


def folder_of(tmp_path, files, sources=None):
    lines = ["file,level,type"]
    for name, (level, content) in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_text(text)
        lines.append(f"{name},{level},{name.partition('.')[0]}")
    (tmp_path / "SOURCES.csv").write_text(sources or "\n".join(lines))
    return tmp_path


def only_body(tmp_path, level, content, name="one.json"):
    [found] = load(folder_of(tmp_path, {name: (level, content)})).bodies
    return found.body


MESSAGE = {
    "sender": {"id": "7001"},
    "recipient": {"id": "8001"},
    "message": {"mid": "m_a", "text": "hello"},
}
ECHO = {
    "sender": {"id": "8001"},
    "recipient": {"id": "7001"},
    "message": {"mid": "m_b", "text": "hi", "is_echo": True},
}


def test_a_webhook_goes_as_it_is(tmp_path):
    assert only_body(tmp_path, "webhook", '{ "object" :1}') == b'{ "object" :1}'


def test_an_event_is_wrapped_under_the_page_it_was_for(tmp_path):
    [entry] = json.loads(only_body(tmp_path, "event", MESSAGE))["entry"]
    assert entry == {"id": "8001", "messaging": [MESSAGE]}


def test_an_echo_is_wrapped_under_the_page_that_spoke(tmp_path):
    [entry] = json.loads(only_body(tmp_path, "event", ECHO))["entry"]
    assert entry["id"] == "8001"


def test_an_event_that_names_no_page_gets_none(tmp_path):
    event = {"message": {"text": "hello"}}
    [entry] = json.loads(only_body(tmp_path, "event", event))["entry"]
    assert entry == {"messaging": [event]}


def test_an_event_of_instagram_is_wrapped_as_such(tmp_path):
    body = json.loads(only_body(tmp_path, "event", MESSAGE, "instagram-text.json"))
    assert body["object"] == "instagram"


def test_an_entry_and_a_list_of_entries_are_wrapped(tmp_path):
    entry = {"id": "8001", "messaging": [MESSAGE]}
    one = json.loads(only_body(tmp_path, "entry", entry))
    several = json.loads(only_body(tmp_path, "entry", [entry, entry]))
    assert one == {"object": "page", "entry": [entry]}
    assert several["entry"] == [entry, entry]


def test_a_change_is_wrapped(tmp_path):
    change = {"field": "feed", "value": {"item": "like"}}
    body = json.loads(only_body(tmp_path, "change", change))
    assert body == {"object": "page", "entry": [{"changes": [change]}]}


@pytest.mark.parametrize("text", ["", "no JSON", "{}", "half a pair: \ud83d"])
def test_a_raw_body_goes_without_what_is_around_it(tmp_path, text):
    body = only_body(tmp_path, "raw", {"raw_body": text, "content_type": "text/plain"})
    assert body == text.encode("utf-8", "surrogatepass")


def test_half_a_surrogate_pair_survives_the_wrapping(tmp_path):
    event = {**MESSAGE, "message": {"mid": "m_c", "text": "\ud83d"}}
    [entry] = json.loads(only_body(tmp_path, "event", event))["entry"]
    assert entry["messaging"] == [event]


def test_what_was_not_sent_to_a_webhook_is_counted(tmp_path):
    files = {
        "a.json": ("request", {}),
        "b.json": ("response", {}),
        "c.json": ("error", {}),
        "d.json": ("error", {}),
    }
    found = load(folder_of(tmp_path, files))
    assert found.bodies == ()
    assert found.others == {"request": 1, "response": 1, "error": 2}


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ("", "lists nothing"),
        ("file,kind\na.json,webhook", "lists nothing"),
        ("file,level\na.json,hook", "the level 'hook'"),
        ("file,level\nnone.json,webhook", "none.json can't be read"),
        ("file,level\nbad.json,event", "bad.json is not JSON"),
        ("file,level\na.json,raw", "no text under raw_body"),
    ],
    ids=["empty", "other columns", "unknown level", "no file", "no JSON", "no raw"],
)
def test_a_folder_that_cannot_be_replayed_says_why(tmp_path, sources, said):
    folder_of(tmp_path, {"a.json": ("webhook", {}), "bad.json": ("event", "{")})
    (tmp_path / "SOURCES.csv").write_text(sources)
    with pytest.raises(FolderError, match=said):
        load(tmp_path)


def vector(**changes):
    return {
        "id": "one",
        "scheme": "x-hub",
        "header": "X-Hub-Signature-256",
        "algorithm": "sha256",
        "secret": "s3cret",
        "body_base64": base64.b64encode(b"{}").decode(),
        "signature": "sha256=00",
        "expect_valid": True,
        **changes,
    }


def one_vector(tmp_path, **changes):
    content = {"vectors": [vector(**changes)]}
    (tmp_path / "signatures.json").write_text(json.dumps(content))
    [found] = vectors(tmp_path)
    return found


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"expect_valid": False}, 403),
        ({"algorithm": "sha1"}, 403),
    ],
    ids=["valid", "invalid", "valid but sha1"],
)
def test_only_a_valid_sha256_signature_is_to_be_taken(tmp_path, changes, status):
    assert one_vector(tmp_path, **changes).status == status


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scheme": "standard-webhooks"}, "not Messenger's"),
        ({"secret": "a,b"}, "comma"),
        ({"secret": " a"}, "blank"),
        ({"secret": ""}, "no setting holds"),
    ],
    ids=["scheme", "comma", "blank", "empty"],
)
def test_a_vector_that_cannot_be_tried_says_why(tmp_path, changes, said):
    assert said in one_vector(tmp_path, **changes).unusable


def test_vectors_that_cannot_be_read_are_refused(tmp_path):
    (tmp_path / "signatures.json").write_text('{"vectors": [{"id": "one"}]}')
    with pytest.raises(FolderError, match="can't be read"):
        vectors(tmp_path)


def test_a_folder_needs_no_vectors(tmp_path):
    assert vectors(tmp_path) == []
