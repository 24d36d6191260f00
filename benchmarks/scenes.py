"""Scenes for the gallery: pages as they are once somebody has done something there."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks.crowd import Emulator
from bot.account import totp
from bot.clock import system_clock
from bot.demo.moment import script

PATIENCE = 180_000  # ms; a check learns first, however long that takes
AT_ONCE = 1_000  # ms; else it could not be checked, and says why
WORDS = "heron wades through tall grass"  # of the password of whoever joins
INVITED, JOINED = "mia@example.com", "noor@example.com"
#: Nobody asks it, so nobody loses an answer by its end.
DELETED: Mapping[str, str] = {
    "question": "Can I rent the stage for a party?",
    "phrasings": "can I rent the stage for a party\ndo you rent out the stage",
    "answer": "Yes, on Mondays and Tuesdays, from 200 euros an evening.",
}
#: Of a question that stands there, with words that mean an order.
CHANGED = "/admin/faq/gift_cards"
TAKES_AWAY = "where on earth is my order\nhas my parcel been sent off by now"
BROKEN = {"subscription": "removed", "profile": "removed", "page": "unpublished"}
#: A desk does not scroll, but what is in it; who asks it to scrolls it all the same.
TO_THE_TOP = """one => {
  const inner = one.closest(".scroller");
  const [at, from] = [one, inner].map((it) => it?.getBoundingClientRect().top);
  if (inner) inner.scrollTop += at - from;
  else one.scrollIntoView({ block: "start", behavior: "instant" });
}"""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where what a scene needs is made: by an admin, in the browser, on the phone."""

    browser: Browser
    page: Page
    url: str
    emulator: str
    #: The address of a conversation whose customer waits.
    waiting: str


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A page, what is done there, and what is to be seen of it."""

    #: The address as it is told, and what was done; the picture is named after it.
    name: str
    #: Make what must be there, once, and return the address.
    address: Callable[[Desk], str]
    #: Do it, in each look, until what came of it is shown.
    act: Callable[[Page], None]
    #: What stands on top of the window then.
    at: str = "body"
    for_staff: bool = True

    def show(self, page: Page, url: str) -> None:
        """Play the scene."""
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        self.act(page)
        page.locator(self.at).first.evaluate(TO_THE_TOP)


def _always(address: str) -> Callable[[Desk], str]:
    return lambda desk: address


def _write_new(page: Page) -> None:
    """Write the question of the demo's moment, and how others asked it."""
    told = script()
    # What the page's own language does not begin with is folded.
    page.locator("details.tongue").evaluate_all(
        "all => all.forEach(one => { one.open = true; })"
    )
    page.fill("#question", told.asked)
    page.fill("#phrasings", "\n".join((told.asked, *told.ways)))
    page.fill("#answer", told.answer)


def _check(page: Page) -> None:
    page.get_by_test_id("check").click()
    page.locator("#check.card:not([hx-get])").wait_for()
    page.get_by_test_id("checked").wait_for(timeout=AT_ONCE)


def _check_new(page: Page) -> None:
    _write_new(page)
    _check(page)


def _check_changed(page: Page) -> None:
    phrasings = page.locator("#phrasings")
    phrasings.fill(f"{phrasings.input_value()}\n{TAKES_AWAY}")
    _check(page)


def _try(page: Page) -> None:
    _write_new(page)
    page.fill("#try", script().again)
    page.get_by_test_id("try").click()
    page.get_by_test_id("tried").wait_for()


def _delete(desk: Desk) -> str:
    """Keep a draft and delete it; return where all that was deleted is listed."""
    page = desk.page
    page.goto(f"{desk.url}/admin/faq/new")
    for name, text in DELETED.items():
        page.fill(f"#{name}", text)
    page.get_by_test_id("keep").click()
    page.locator("details.delete summary").click()
    page.locator("details.delete button").click()
    page.get_by_test_id("undo").wait_for()
    return "/admin/faq/?state=deleted"


def _unfold(page: Page) -> None:
    """Unfold the steps of all messages; the thread is at its end by itself before."""
    steps = page.locator(".thread details.steps")
    steps.last.wait_for()
    steps.evaluate_all("all => all.forEach(one => { one.open = true; })")


def _broken(**faults: str) -> Callable[[Desk], str]:
    """Break the connection, and check it."""

    def broken(desk: Desk) -> str:
        with closing(Emulator(desk.emulator)) as say:
            say("POST", "/api/faults", {"connection": faults})
        desk.page.goto(f"{desk.url}/admin/connect")
        desk.page.get_by_test_id("check-again").click()
        desk.page.locator("[data-state=red]").first.wait_for()
        return "/admin/connect"

    return broken


def _see_red(page: Page) -> None:
    page.locator("[data-state=red]").first.wait_for()


def _invite(desk: Desk, login: str) -> str:
    """Invite somebody; return the address that they get."""
    desk.page.goto(f"{desk.url}/admin/people")
    desk.page.fill("[name=login]", login)
    desk.page.locator("form[action$=invite] button").click()
    link = desk.page.locator("#link").input_value()
    return re.sub("^.*(?=/invitation/)", "", link)


def _of_agent(desk: Desk) -> str:
    """Return the page of an agent, among the people."""
    desk.page.goto(f"{desk.url}/admin/people")
    line = desk.page.locator("a.member", has_text="Ada").first
    return str(line.get_attribute("href"))


def _join(desk: Desk) -> str:
    """Let somebody join and turn on their second factor; return where they sign in."""
    address = _invite(desk, JOINED)
    with closing(desk.browser.new_context()) as theirs:
        page = theirs.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(desk.url + address)
        page.fill("[name=name]", "Noor Haddad")
        page.fill("[name=password]", WORDS)
        page.locator("button.wide").click()
        page.wait_for_url(re.compile("/inbox/"))
        page.goto(f"{desk.url}/account/")
        page.locator("form[action$=begin] button").click()
        secret = "".join(page.locator(".secret").inner_text().split())
        step = int(system_clock().timestamp() // totp.STEP)
        page.fill("[name=code]", totp.code(secret, step))
        page.locator("form[action$=confirm] button").click()
        page.locator("form[action$=confirm]").wait_for(state="detached")
    return "/sign-in"


def _give_password(page: Page) -> None:
    page.fill("[name=login]", JOINED)
    page.fill("[name=password]", WORDS)
    page.locator("button.wide").click()
    page.locator("[name=code]").wait_for()


#: Those that break something come last.
SCENES: Sequence[Scene] = (
    Scene(
        name="/admin/faq/new, checked",
        address=_always("/admin/faq/new"),
        act=_check_new,
        at=".publish",
    ),
    Scene(
        name=f"{CHANGED}, checked, with phrasings that mean something else",
        address=_always(CHANGED),
        act=_check_changed,
        at=".publish",
    ),
    Scene(
        name="/admin/faq/new, tried",
        address=_always("/admin/faq/new"),
        act=_try,
        at="#trying-out",
    ),
    Scene(name="/admin/faq/?state=deleted", address=_delete, act=lambda page: None),
    Scene(
        name="/inbox/1001, steps unfolded",
        address=lambda desk: desk.waiting,
        act=_unfold,
        at=".thread li:has(details.steps)",
    ),
    Scene(
        name="/invitation/…",
        address=lambda desk: _invite(desk, INVITED),
        act=lambda page: None,
        for_staff=False,
    ),
    Scene(
        name="/admin/people/…, a sign-in link made",
        address=_of_agent,
        act=lambda page: page.click("form[action$='/link'] button"),
    ),
    Scene(
        name="/sign-in/code",
        address=_join,
        act=_give_password,
        for_staff=False,
    ),
    Scene(
        name="/admin/connect, broken",
        address=_broken(**BROKEN),
        act=_see_red,
        at="[data-state=red]",
    ),
    Scene(
        name="/admin/connect, token expired",
        address=_broken(token="expired"),
        act=_see_red,
    ),
)
