"""People with whom the Page has talked before."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.emulator.conftest import PAGE, Emulator

PSID = "7400112233445566"


def _somebody(hours: float, **more: Any) -> dict[str, Any]:
    at = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
    said = [{"author": "customer", "text": "hello", "at": at}]
    about = {"psid": PSID, "page_id": PAGE, "name": "Dalia Haddad", "locale": "ar_AR"}
    return {**about, "acted_at": at, "said": said, **more}


def test_they_can_be_written_to_while_their_window_is_open(emulator: Emulator) -> None:
    emulator.post("past", {"customers": [_somebody(hours=2)]})

    assert emulator.send(PSID, "Hello!").ok


def test_a_window_of_the_past_closes_like_any_other(emulator: Emulator) -> None:
    emulator.post("past", {"customers": [_somebody(hours=25)]})

    assert emulator.send(PSID, "Hello!").status_code == 400


def test_they_are_listed_once_there_is_news(emulator: Emulator) -> None:
    emulator.post("past", {"customers": [_somebody(hours=2)]})
    assert emulator.get("customers")["customers"] == []

    emulator.say(PSID, text="me again")

    (listed,) = emulator.get("customers")["customers"]
    assert listed["name"] == "Dalia Haddad"


def test_who_is_known_already_stays_as_they_are(emulator: Emulator) -> None:
    emulator.customer(psid=PSID, name="Emil Costa")

    added = emulator.post("past", {"customers": [_somebody(hours=2)]})

    assert added == {"added": 0}
    assert emulator.get(f"customers/{PSID}")["name"] == "Emil Costa"


def test_what_is_wrong_with_them_is_said(emulator: Emulator) -> None:
    for wrong in ({}, {"customers": [{"psid": PSID}]}, {"customers": [3]}):
        answer = emulator.session.post(
            f"{emulator.url}/api/past", json=wrong, timeout=9
        )
        assert answer.status_code == 400
        assert answer.json()["error"]
