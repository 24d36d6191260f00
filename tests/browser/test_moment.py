"""The moment that the start page walks through, from end to end, among a full past."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from benchmarks import moment
from benchmarks.moment import Scene
from tests.browser.conftest import Demo, Phone, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

CHECKED = re.compile(r"Would have answered (\d+) of the last 1,000 messages\.")
STEPS = 5


def test_what_nobody_knew_is_known_on_the_next_phone(
    phone: Callable[..., Phone], grace: Page, window: Callable[..., Page], demo: Demo
) -> None:
    start = signed_in(window(), demo, "as-agent")
    start.goto(f"{demo.url}/")
    done = start.locator("[data-testid=steps] .step.done")
    expect(done).to_have_count(0)
    seen: list[str] = []

    checked = moment.play(
        Scene(
            first=phone("Maya Ellis").page,
            second=phone("Tomás Reyes").page,
            desk=grace,
            url=demo.url,
            name="Maya Ellis",
            shown=lambda name, phone, desk: seen.append(name),
        )
    )

    answered = CHECKED.search(checked)
    assert answered, checked
    assert int(answered[1]) >= 10  # of those of the past month that ask it
    assert len(seen) == STEPS
    expect(done).to_have_count(STEPS)
    expect(start.get_by_text("That was all of it.")).to_be_visible()
