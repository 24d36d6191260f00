"""Something to ask of every route: values for its places, fields for its form."""

import re

from bot.store.models import Base
from tests.bot.visiting import rows

#: Places that a 1 does not fill.
VALUES = {
    "<path:filename>": "app.css",
    "<token>": "no-such-token",
    "<who>": "agent",
    "<int:session_id>": "999",
    "<name>": "opening_hours",
    "<picture>": f"{'0' * 64}.png",
    "<file>": "order_status",
    "<key>": "utter_greet",
    "<language>": "en",
    "<tried>": "no-such-try",
    "<any(new, teach, conversation):where>": "conversation",
    "<any(broken, unheard, worse, other, asked, better):kind>": "worse",
}
FIELDS = {
    "login": "ada",
    "password": "wrong",
    "role": "viewer",
    "code": "123456",
    "proof": "wrong",
    "name": "Ada",
    "new": "tall grey herons wade",
    "text": "Hello",
    "form": "a-form-of-ours-of-its-own",
    "question": "When are you open?",
    "phrasings": "when do you open",
    "answer": "At ten.",
    "state": "live",
}
#: Open to everybody without a token, and 404 outside the demo.
TOKENLESS = {"/demo/sign-in-links"}


def address(path: str) -> str:
    """Return an address of a route, each of its places filled."""
    for place, value in VALUES.items():
        path = path.replace(place, value)
    path = re.sub(r"<int:\w+>", "1", path)
    assert "<" not in path, f"VALUES names nothing for a place of {path}"
    return path


def everything(parts) -> dict[str, list]:
    """Return all rows there are, but when somebody was seen and what they tried."""
    found = {table.name: rows(parts, table) for table in Base.metadata.sorted_tables}
    known = found["staff_session"]
    found["staff_session"] = [(row.token_hash, row.began, row.ended) for row in known]
    del found["sign_in_attempt"]
    return found
