"""The moment: nobody knew it, a person answered, and now the assistant knows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

ASKED = "Do you engrave names on turntables?"
ANSWER = "Yes: we engrave up to 20 letters on any turntable, for 15 euros."
IN_OTHER_WORDS = "could you engrave a name on my turntable?"
TRAINED_WITHIN = 300_000  # ms, on a machine that does much else
OTHERS = (
    "can you engrave a name on it",
    "is engraving possible",
    "engrave my turntable please",
    "do you do engraving",
    "can i get my turntable engraved",
    "could you put an engraving on a turntable",
    "engraving",
)


def test_what_a_person_answered_once_the_assistant_answers_from_then_on(
    phone: Callable[..., Phone], grace: Page, demo: Demo
) -> None:
    ada, ben = phone("Ada Field"), phone("Ben Moor")
    answer = ada.ask(ASKED)
    if "Something else" in answer.inner_text():
        # How sure it is of what is near moves with all that it learns.
        answer = ada.ask("Something else")
    expect(answer).to_contain_text("colleague")

    grace.goto(f"{demo.url}/inbox/")
    grace.get_by_role("link", name="Ada Field").click()
    grace.get_by_test_id("claim").click()
    grace.get_by_test_id("composer").fill(f"Hello Ada! {ANSWER}")
    grace.get_by_test_id("send").click()
    expect(ada.answers.last).to_have_text(f"Hello Ada! {ANSWER}")

    grace.get_by_test_id("teach").first.click()
    grace.get_by_test_id("new-question").click()
    expect(grace.get_by_label("Question in English")).to_have_value(ASKED)
    expect(grace.locator("main").get_by_role("status").first).to_contain_text(
        "Ada (name)"
    )
    answer = grace.get_by_label("Answer in English")
    expect(answer).to_have_value(f"Hello [name]! {ANSWER}")
    answer.fill(ANSWER)
    phrasings = grace.get_by_label("How customers ask it")
    expect(phrasings).to_have_value(ASKED)
    phrasings.fill("\n".join((ASKED, *OTHERS)))

    grace.get_by_test_id("check").click()
    checked = grace.get_by_test_id("checked")
    expect(checked).to_contain_text(
        re.compile(
            # Ada's, and maybe of the past month's "do u engrave": which of its
            # messages are told moves with all that is told there.
            r"Would have answered [1-9] of the last 1,000 messages\."
        ),
        timeout=TRAINED_WITHIN,
    )
    grace.get_by_test_id("save").click()
    expect(grace.get_by_text("Saved, and learned.")).to_be_visible()

    expect(ben.ask(IN_OTHER_WORDS)).to_contain_text(ANSWER)
