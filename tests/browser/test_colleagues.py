"""What two agents and a customer see of each other, live, in three browsers."""

import base64
import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import (
    APIResponse,
    Error,
    FloatRect,
    Locator,
    Page,
    Route,
    ViewportSize,
    expect,
)

from tests.bot.inbox.test_pictures import PNG
from tests.browser.conftest import NARROW, WIDE, Demo, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def claimed(demo: Demo, ada: Page) -> Callable[[str], str]:
    """Let a customer without a phone ask for a person, and Ada have them; the PSID."""

    def claimed(name: str) -> str:
        psid = demo.messenger.customer(says="I want a person", name=name)
        ada.get_by_role("link", name=name).click()
        ada.get_by_test_id("claim").click()
        expect(ada.get_by_test_id("composer")).to_be_visible()
        return psid

    return claimed


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Lists").get_by_role(
        "link", name=re.compile(f"^{name}")
    )


def lines(page: Page, name: str) -> Locator:
    return page.locator(".line", has_text=name)


def test_what_a_customer_edits_and_unsends_changes_before_the_agent(
    claimed: Callable[[str], str], ada: Page, demo: Demo
) -> None:
    psid = claimed("Vera Lund")
    demo.messenger.say(psid, text="my oder is 48213")
    theirs = ada.locator("li.said.them").last
    expect(theirs).to_contain_text("my oder is 48213")

    demo.messenger.say(psid, edit={"text": "my order is 48213"})
    expect(theirs.get_by_test_id("bubble")).to_have_text("my order is 48213")
    expect(theirs.get_by_text("Edited", exact=True)).to_be_visible()
    theirs.get_by_text("What it said before").click()
    expect(theirs.get_by_text("my oder is 48213")).to_be_visible()

    demo.messenger.say(psid, unsend={})
    expect(theirs).to_contain_text("Unsent: what this said is gone")
    expect(ada.locator(".thread")).not_to_contain_text("48213")


def test_news_asked_for_while_a_page_is_put_in_come_as_soon_as_it_stands(
    claimed: Callable[[str], str], ada: Page, demo: Demo
) -> None:
    psid = claimed("Wanda Moss")
    ada.evaluate(
        """() => {
          const news = () => document.querySelector(".news");
          news().outerHTML = news().outerHTML; // there, and not htmx's yet
          setTimeout(() => htmx.process(news()), 1500);
        }"""
    )
    demo.messenger.say(psid, text="are you there?")
    theirs = ada.locator("li.said.them").last
    expect(theirs).to_contain_text("are you there?", timeout=7000)


def test_news_of_the_page_before_do_not_overwrite_the_one_that_follows(
    claimed: Callable[[str], str], ada: Page, demo: Demo
) -> None:
    psid = claimed("Walt Ross")
    held: list[Route] = []
    ada.route("**/inbox/news?*", lambda route: held.append(route), times=1)
    demo.messenger.say(psid, text="are you there?")
    while not held:
        ada.wait_for_timeout(20)
    tab(ada, "Snoozed").click()
    expect(tab(ada, "Snoozed")).to_have_attribute("aria-current", "true")
    with suppress(Error):  # the page does not want it any more
        held[0].continue_()
    ada.wait_for_timeout(700)
    expect(tab(ada, "Snoozed")).to_have_attribute("aria-current", "true")
    expect(lines(ada, "Walt Ross")).to_have_count(0)
    ada.go_back()
    expect(lines(ada, "Walt Ross")).to_contain_text("are you there?")


def test_numbers_that_are_put_off_are_asked_for_again_and_no_more_than_they(
    ada: Page, demo: Demo
) -> None:
    demo.messenger.customer(says="I want a person", name="Wilma Ash")
    expect(lines(ada, "Wilma Ash")).to_be_visible()
    asked: list[bool] = []

    def put_off(route: Route) -> None:
        asked.append("only=counts" in route.request.url)
        if asked.count(True) == 1 and asked[-1]:
            route.fulfill(status=503, headers={"Retry-After": "2"})
        else:
            route.continue_()

    ada.reload()
    ada.wait_for_timeout(5000)  # what else is new came
    ada.route("**/inbox/news?*", put_off)
    before = tab(ada, "Assistant").inner_text()
    demo.messenger.customer(says="hello", name="Xaver Ott")
    expect(tab(ada, "Assistant")).not_to_have_text(before, timeout=20_000)
    assert asked == [True, True]


def test_news_of_what_one_has_pressed_wait_until_its_own_page_stands(
    ada: Page, demo: Demo
) -> None:
    demo.messenger.customer(says="I want a person", name="Wendy Ash")
    ada.get_by_role("link", name="Wendy Ash").click()
    held: list[tuple[Route, APIResponse]] = []
    ada.route(
        "**/claim?*",
        lambda route: held.append((route, route.fetch(max_redirects=0))),
    )
    ada.get_by_test_id("claim").click()
    while not held:
        ada.wait_for_timeout(20)
    ada.wait_for_timeout(4000)  # it is done by now, and news say so
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(ada).to_have_url(re.compile("note=claimed"))
    expect(ada.get_by_test_id("composer")).to_be_visible()
    expect(ada.locator("#desk")).to_have_count(1)
    expect(ada.locator("#desk .bar")).to_have_count(0)


def test_a_picture_of_a_customer_is_fetched_and_shown(
    claimed: Callable[[str], str], ada: Page, demo: Demo
) -> None:
    psid = claimed("Will Hart")
    data = base64.b64encode(PNG).decode()
    picture = {"type": "image", "data": data, "content_type": "image/png"}
    demo.messenger.say(psid, attachment=picture)
    shown = ada.locator(".thread a.picture img")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.width > 0)")


def test_what_is_snoozed_leaves_and_is_back_when_the_customer_writes(
    claimed: Callable[[str], str], ada: Page, demo: Demo
) -> None:
    psid = claimed("Xena Falk")
    ada.get_by_test_id("more").click()
    ada.get_by_role("button", name=re.compile("hour")).first.click()
    expect(ada.get_by_text("Snoozed until")).to_be_visible()
    ada.get_by_test_id("undo").click()
    expect(ada.get_by_text("The snooze is over")).to_be_visible()
    expect(ada.get_by_test_id("composer")).to_be_visible()

    ada.get_by_test_id("more").click()
    ada.get_by_text("Another time").click()
    ada.get_by_role("button", name="Snooze", exact=True).click()
    expect(ada.get_by_text("Snoozed until tomorrow, 09:00")).to_be_visible()
    tab(ada, "Snoozed").click()
    expect(lines(ada, "Xena Falk")).to_contain_text("Until")
    tab(ada, "Mine").click()
    expect(lines(ada, "Xena Falk")).to_have_count(0)

    demo.messenger.say(psid, text="one more thing")
    expect(lines(ada, "Xena Falk")).to_contain_text("one more thing")


def test_what_waits_is_claimed_by_a_snooze(ada: Page, grace: Page, demo: Demo) -> None:
    psid = demo.messenger.customer(name="Wim Loos", says="i want a person")
    grace.goto(f"{demo.url}/inbox/?view=waiting")
    ada.goto(f"{demo.url}/inbox/?view=waiting")
    lines(ada, "Wim Loos").click()
    ada.get_by_test_id("more").focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("Claim and snooze")).to_be_visible()
    ada.get_by_role("button", name=re.compile("hour")).first.focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("Snoozed until")).to_be_visible()
    expect(lines(grace, "Wim Loos")).to_have_count(0)
    tab(ada, "Snoozed").click()
    expect(lines(ada, "Wim Loos")).to_contain_text("Until")
    demo.messenger.say(psid, text="still there?")
    tab(ada, "Mine").click()
    expect(lines(ada, "Wim Loos")).to_contain_text("still there?")


def test_what_the_assistant_answers_comes_back_and_it_goes_on_meanwhile(
    ada: Page, demo: Demo
) -> None:
    psid = demo.messenger.customer(name="Ute Brix", says="hello")
    ada.goto(f"{demo.url}/inbox/?view=assistant")
    lines(ada, "Ute Brix").click()
    ada.get_by_test_id("more").click()
    ada.get_by_role("button", name=re.compile("hour")).first.click()
    expect(ada.get_by_text("then it comes back to you").first).to_be_visible()
    tab(ada, "Snoozed").click()
    lines(ada, "Ute Brix").click()
    expect(ada.get_by_text("With the assistant until")).to_be_visible()
    before = len(demo.messenger.messages(psid))
    demo.messenger.say(psid, text="when are you open?")
    assert demo.messenger.messages(psid, after=before, wait=10)
    expect(lines(ada, "Ute Brix")).to_contain_text("Until")
    ada.get_by_test_id("wake").click()
    expect(ada.get_by_text("does not come back to you any more")).to_be_visible()


def test_a_note_calls_a_colleague_until_they_have_seen_it(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Yuri Moss")
    grace.goto(f"{demo.url}/inbox/?view=mentions")
    ada.get_by_role("link", name="Private note").click()
    note = ada.get_by_label("A private note")
    note.press_sequentially("@")
    colleagues = ada.get_by_role("listbox", name="Colleagues")
    expect(colleagues.get_by_role("option", name="Grace")).to_be_visible()
    expect(colleagues.get_by_role("option", name="Ada")).to_have_count(0)
    note.press_sequentially("ra")
    expect(ada.locator("#picks [aria-selected=true]")).to_contain_text("Grace")
    note.press("Tab")
    expect(note).to_have_value("@Grace ")
    expect(colleagues).to_be_hidden()
    keep = ada.get_by_test_id("keep-note")
    expect(keep).to_have_text("Keep note and tell Grace")
    note.press_sequentially("may he have his money back?")
    note.press("Control+Enter")
    expect(ada.get_by_test_id("note")).to_contain_text("may he have his money back?")
    expect(ada.get_by_text("Told: Grace.")).to_be_visible()
    expect(note).to_be_focused()
    expect(note).to_have_value("")
    expect(keep).to_have_text("Keep note")

    expect(lines(grace, "Yuri Moss")).to_have_class(re.compile("unread"))
    lines(grace, "Yuri Moss").click()
    expect(grace.get_by_test_id("note")).to_be_focused()
    expect(ada.get_by_test_id("note")).to_contain_text("Grace was told, saw it")
    expect(lines(grace, "Yuri Moss")).not_to_have_class(re.compile("unread"))


def test_a_colleague_is_chosen_with_a_finger_and_escape_leaves_what_is_typed(
    window: Callable[..., Page], demo: Demo
) -> None:
    phone = signed_in(window(viewport=NARROW, has_touch=True), demo, "as-agent")
    phone.goto(f"{demo.url}/inbox/1?write=note")
    note = phone.get_by_label("A private note")
    note.press_sequentially("@g")
    option = phone.get_by_role("listbox").get_by_role("option", name="Grace")
    assert option.bounding_box()["height"] >= 44
    option.tap()
    expect(note).to_have_value("@Grace ")
    expect(note).to_be_focused()
    note.press_sequentially("and @G")
    expect(option).to_be_visible()
    note.press("Escape")
    expect(option).to_be_hidden()
    expect(note).to_have_value("@Grace and @G")


def test_a_conversation_is_handed_on_with_a_note_that_the_customer_never_sees(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    psid = claimed("Zoe Reed")
    grace.goto(f"{demo.url}/inbox/?view=mine")
    ada.get_by_test_id("more").click()
    ada.get_by_text("Assign to somebody").click()
    sheet = ada.locator("form", has=ada.get_by_role("button", name="Assign"))
    sheet.locator("select[name=to]").select_option(label="Grace, here")
    sheet.get_by_label("Note for them").fill("She waits for a refund.")
    sheet.get_by_role("button", name="Assign").click()
    expect(ada.get_by_text("Grace has it now")).to_be_visible()

    theirs = lines(grace, "Zoe Reed")
    expect(theirs).to_have_class(re.compile("unread"))
    theirs.click()
    expect(grace.get_by_test_id("note")).to_contain_text("She waits for a refund.")
    before = len(demo.messenger.messages(psid))
    grace.get_by_test_id("composer").fill("Grace here, hello Zoe.")
    grace.get_by_test_id("send").click()
    demo.messenger.messages(psid, after=before, wait=10)
    told = [one.get("text", "") for one in demo.messenger.messages(psid)]
    assert told[-1] == "Grace here, hello Zoe."
    assert "refund" not in " ".join(told)


def test_a_second_enter_takes_back_nothing_of_what_was_handed_on(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zuri Hale")
    grace.goto(f"{demo.url}/inbox/?view=mine")
    ada.get_by_test_id("more").click()
    ada.get_by_text("Assign to somebody").click()
    ada.locator("select[name=to]").select_option(label="Grace, here")
    assign = ada.get_by_role("button", name="Assign", exact=True)
    assign.press("Enter")
    standing = ada.locator(".standing > p")
    expect(standing).to_have_text("Grace is answering. You can read along.")
    expect(standing).to_be_focused()
    ada.keyboard.press("Enter")
    ada.keyboard.press("Space")
    expect(lines(grace, "Zuri Hale")).to_be_visible()
    expect(ada.get_by_test_id("take-from")).to_be_visible()
    ada.keyboard.press("Tab")
    expect(ada.get_by_test_id("take-from")).to_be_focused()
    # Nothing of it stays unread for those who come after.
    lines(grace, "Zuri Hale").click()
    expect(tab(grace, "Mine").locator(".pill")).to_have_count(0)


def test_who_is_given_a_conversation_hears_so_on_whichever_list(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zara Lind")
    grace.goto(f"{demo.url}/inbox/?view=resolved")
    unread = tab(grace, "Mine").locator(".pill")
    expect(unread).to_have_count(0)
    ada.get_by_test_id("more").click()
    ada.get_by_text("Assign to somebody").click()
    ada.locator("select[name=to]").select_option(label="Grace, here")
    ada.get_by_role("button", name="Assign", exact=True).click()

    expect(unread).to_have_attribute("title", "1 unread")
    expect(grace.locator("#announcer")).to_have_text("Ada assigned Zara Lind to you")
    tab(grace, "Mine").click()
    lines(grace, "Zara Lind").click()
    expect(unread).to_have_count(0)


def test_a_page_says_that_its_browser_has_become_somebody_else(
    ada: Page, demo: Demo
) -> None:
    other = ada.context.new_page()
    signed_in(other, demo, "as-admin")
    ada.bring_to_front()
    ada.keyboard.press("Shift")
    ada.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ada.get_by_role("alert")).to_contain_text("You are signed in as Grace now.")
    asked: list[str] = []
    ada.on("request", lambda request: asked.append(request.url))
    ada.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ada.wait_for_timeout(4000)
    assert asked == []  # what would come is somebody else's
    ada.get_by_role("link", name="Load the page anew").click()
    expect(ada.locator(".me")).to_contain_text("Grace")


def test_who_is_given_a_conversation_while_at_the_faq_sees_so_there(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zeno Marsh")
    grace.clock.install()
    grace.goto(f"{demo.url}/admin/faq/")
    ada.get_by_test_id("more").click()
    ada.get_by_text("Assign to somebody").click()
    ada.locator("select[name=to]").select_option(label="Grace, here")
    ada.get_by_role("button", name="Assign", exact=True).click()
    expect(ada.get_by_text("Grace has it now")).to_be_visible()
    grace.clock.run_for(21_000)
    grace.get_by_role("link", name="Ada assigned Zeno Marsh to you").click()
    expect(lines(grace, "Zeno Marsh")).to_have_class(re.compile("unread"))


def test_who_works_on_another_page_is_here_and_can_be_given_a_conversation(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zelda Roe")
    grace.goto(f"{demo.url}/admin/faq/")
    people = ada.get_by_role("region", name="Who is here")
    expect(people).to_contain_text("Grace here")
    room = people.bounding_box()
    ada.get_by_test_id("more").click()
    ada.get_by_text("Assign to somebody").click()
    to = ada.locator("select[name=to]")
    expect(to).to_contain_text("Grace, here")

    grace.get_by_role("button", name="Sign out").click()
    expect(people).to_contain_text("No colleague is here.")
    assert people.bounding_box() == room  # what stands above has not moved
    expect(to).to_contain_text("Grace, not here")
    to.select_option(label="Grace, not here")
    ada.get_by_role("button", name="Assign", exact=True).click()
    expect(ada.get_by_text("Grace has it now, and is not here")).to_be_visible()


def test_whom_a_note_mentions_sees_so_live_on_whichever_page(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zita Brook")
    grace.clock.install()
    grace.goto(f"{demo.url}/admin/faq/")
    badge = grace.locator("#menu .calls")
    expect(badge).to_be_hidden()
    ada.get_by_role("link", name="Private note").click()
    ada.get_by_label("A private note").fill("@Grace may she?")
    ada.get_by_test_id("keep-note").click()
    expect(ada.get_by_text("Told: Grace.")).to_be_visible()
    grace.clock.run_for(5_500)
    expect(badge.locator(".count")).to_have_text("1")
    expect(grace).to_have_title(re.compile("^@1 "))
    word = badge.get_by_text("Mentions", exact=True)
    expect(word).to_be_visible()
    told = grace.get_by_text("Ada mentions you: Zita Brook")
    grace.set_viewport_size(NARROW)
    assert not _overlap(_box(told), _box(grace.get_by_role("heading", level=1)))
    grace.get_by_role("button", name="Menu").click()
    expect(word).to_be_visible()
    grace.set_viewport_size(WIDE)
    expect(told).to_be_visible()
    grace.get_by_role("button", name="Close").click()
    expect(told).to_be_hidden()
    with grace.expect_response("**/inbox/here"):
        grace.reload()
    expect(badge.locator(".count")).to_have_text("1")
    expect(told).to_be_hidden()
    badge.click()
    expect(grace).to_have_url(re.compile("view=mentions"))
    lines(grace, "Zita Brook").click()
    expect(badge).to_be_hidden()
    expect(grace).not_to_have_title(re.compile("^@"))


def test_what_says_that_one_is_mentioned_leads_to_the_note(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zia Fell")
    grace.goto(f"{demo.url}/inbox/?view=mine")
    # What she was given as well, and has not seen, would lead to her list.
    given = grace.locator(".line.unread").evaluate_all("all => all.map((a) => a.href)")
    for address in [*given, f"{demo.url}/admin/faq/"]:
        grace.goto(address)
    ada.get_by_test_id("more").click()
    ada.get_by_test_id("get-colleague").click()
    note = ada.get_by_label("A private note")
    expect(note).to_be_focused()
    expect(
        ada.get_by_role("listbox").get_by_role("option", name="Grace")
    ).to_be_visible()
    note.press("Tab")
    note.press_sequentially("is it late?")
    ada.get_by_test_id("keep-note").click()
    grace.get_by_role("link", name="Ada mentions you: Zia Fell").click()
    expect(grace.get_by_test_id("note")).to_be_focused()
    expect(tab(grace, "Mentions")).to_have_attribute("aria-current", "true")


def test_a_note_without_a_name_is_unread_by_who_answers_there(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zoltan Ray")
    tab(ada, "Waiting").click()
    grace.goto(f"{demo.url}/inbox/?view=colleagues")
    lines(grace, "Zoltan Ray").click()
    grace.get_by_role("link", name="Private note").click()
    grace.get_by_label("A private note").fill("They phoned as well.")
    grace.get_by_test_id("keep-note").click()
    expect(tab(ada, "Mine").locator(".pill")).to_be_visible()
    expect(ada.locator("#announcer")).to_have_text("Grace left a note: Zoltan Ray")
    tab(ada, "Mine").click()
    expect(lines(ada, "Zoltan Ray")).to_have_class(re.compile("unread"))
    lines(ada, "Zoltan Ray").click()
    expect(lines(ada, "Zoltan Ray")).not_to_have_class(re.compile("unread"))


def test_who_notes_something_and_is_given_it_answers(
    claimed: Callable[[str], str], ada: Page, grace: Page, demo: Demo
) -> None:
    claimed("Zaida Cole")
    grace.goto(f"{demo.url}/inbox/?view=colleagues")
    lines(grace, "Zaida Cole").click()
    grace.get_by_role("link", name="Private note").click()
    expect(grace.get_by_label("A private note")).to_be_visible()
    ada.get_by_test_id("more").click()
    ada.get_by_text("Assign to somebody").click()
    ada.locator("select[name=to]").select_option(label="Grace, here")
    ada.get_by_role("button", name="Assign", exact=True).click()
    expect(ada.get_by_text("Grace has it now, and has it open.")).to_be_visible()
    expect(ada.locator(".head .state")).to_contain_text("Grace is answering")
    expect(grace.get_by_test_id("composer")).to_be_focused()


def test_a_menu_stays_open_when_the_answer_on_its_way_comes_back(
    claimed: Callable[[str], str], ada: Page
) -> None:
    claimed("Zelda Nye")

    def slowly(route: Route) -> None:
        ada.get_by_test_id("more").click()
        route.continue_()

    ada.route("**/reply?*", slowly)
    ada.get_by_test_id("composer").fill("I look into it.")
    ada.get_by_test_id("send").click()
    expect(ada.locator("li.said.us.agent").last).to_contain_text("I look into it.")
    expect(ada.get_by_test_id("give-back")).to_be_visible()


def test_who_claims_and_who_resolves_hears_so_and_may_undo(
    claimed: Callable[[str], str], ada: Page
) -> None:
    claimed("Zack Ash")
    told = ada.locator(".answer > .told[role=status]")
    expect(told).to_contain_text("This conversation is yours")
    ada.get_by_test_id("resolve").click()
    expect(ada.get_by_text("Resolved. The assistant answers")).to_be_visible()
    ada.get_by_test_id("undo").click()
    expect(ada.locator(".head .state")).to_contain_text("You are answering")
    expect(ada.get_by_test_id("composer")).to_be_visible()


@pytest.mark.parametrize("view", [NARROW, WIDE])
def test_what_the_assistant_answers_is_resolved_without_taking_it(
    window: Callable[..., Page], demo: Demo, view: ViewportSize
) -> None:
    name = f"Yara Fox {view['width']}"
    psid = demo.messenger.customer(says="hello", name=name)
    page = signed_in(window(viewport=view), demo, "as-agent")
    page.goto(f"{demo.url}/inbox/?view=assistant")
    lines(page, name).click()
    state = page.locator(".head .state")
    for ends in ("undo", "customer"):
        expect(state).to_contain_text("The assistant answers")
        if view == NARROW:
            page.get_by_test_id("more").click()
        page.get_by_role("button", name="Resolve", exact=True).click()
        expect(lines(page, name)).to_have_count(0)
        if ends == "undo":
            page.get_by_test_id("undo").click()
    page.goto(f"{demo.url}/inbox/?view=resolved")
    lines(page, name).click()
    expect(state).to_contain_text("Resolved")
    expect(page.locator(".standing")).to_contain_text("Resolved.")
    demo.messenger.say(psid, text="one more thing")
    expect(state).to_contain_text("The assistant answers")
    expect(page.locator(".standing")).to_contain_text("The assistant is answering.")


def test_on_a_phone_who_else_looks_covers_nothing(
    claimed: Callable[[str], str], window: Callable[..., Page], demo: Demo
) -> None:
    claimed("Zora Oak")
    page = signed_in(window(viewport=NARROW), demo, "as-admin")
    page.goto(f"{demo.url}/inbox/?view=colleagues")
    lines(page, "Zora Oak").click()
    viewer = page.locator(".viewers > span")
    expect(viewer).to_contain_text("Ada")
    theirs = _box(viewer)
    others = (".whose", ".window > span:first-of-type", ".scroller")
    for box in (_box(page.locator(other)) for other in others):
        assert not _overlap(theirs, box)


def _box(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def _overlap(one: FloatRect, other: FloatRect) -> bool:
    beside = (
        one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    )
    above = (
        one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )
    return not (beside or above)
