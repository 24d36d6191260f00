"""Each fault makes exactly its check red, with its cure; without any, all are green."""

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.connection import checks, mending, results, trial, words
from bot.connection.results import Mend, State, Step, red
from bot.connection.subscription import NEEDED
from bot.messenger.errors import Fate, SendError
from bot.store.models import Page, PageHealth
from tests.bot.visiting import rows
from tests.bot.web.addresses import everything

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

#: What is broken, and what that finds; all of it can be seen through the emulator.
FAULTS = {
    "app": ({"app_secret": "reset"}, "app_refused"),
    "token": ({"token": "expired"}, "token_expired"),
    "address": ({"webhook": "unreachable"}, "address_unreached"),
    "signature": ({"signature": "another_app"}, "signature_foreign"),
    "subscription": ({"subscription": "removed"}, "subscription_page_none"),
    "profile": ({"profile": "removed"}, "profile_start"),
    "page": ({"page": "unpublished"}, "page_unpublished"),
    "message": ({"mode": "development"}, "message_not_tester"),
}
CURES = {
    "app": "App settings, Basic",
    "token": "press Generate",
    "address": "firewall lets port 443 in",
    "signature": "Does one besides",
    "subscription": "Press “Subscribe”",
    "profile": "Press “Set up the menu”",
    "page": "Page visibility",
    "message": "add the person as a tester",
}


def told(found):
    """All that is said of a check, as a command prints it."""
    facts = found.facts()
    return " ".join([facts["said"], *facts["cure"]])


def test_what_the_app_stops_names_the_app_even_where_the_token_is_between(shop):
    shop.breaks(app_secret="reset")
    found = shop.checked()
    assert found["token"].values["blocker"] == words.TITLES["app"]
    assert found["profile"].values["blocker"] == words.TITLES["app"]


def test_a_published_page_is_not_said_to_be_allowed_to_send(shop):
    shop.messenger.faults(connection={"page": "restricted"})
    found = shop.checked()
    assert "published. Whether Facebook lets it send" in found["page"].said
    assert "the test message (Connect a Page) shows" in told(found["message"])


def test_an_address_that_facebook_misses_is_named_as_one_opens_it(shop):
    shop.breaks(webhook="unreachable")
    assert f"{shop.parts.settings.public_url}/sign-in " in told(
        shop.checked()["address"]
    )


def test_what_was_found_before_its_words_asked_for_more_is_forgotten(shop):
    old = red(Step.ADDRESS, "address_unreached", url="x", reason="y").to_json()
    new = red(Step.ADDRESS, "address_silent", url="x", reason="y").to_json()
    assert [one.finding for one in results.from_json([old, new])] == ["address_silent"]


def test_a_page_that_is_connected_is_green_in_all_eight(shop):
    found = shop.run()
    assert [result.step for result in found] == list(Step)
    assert {r.step: r.said for r in found if r.state is not State.GREEN} == {}
    assert checks.all_well(found)


@pytest.mark.parametrize("step", FAULTS)
def test_each_fault_makes_its_check_red_and_no_other(shop, step):
    faults, finding = FAULTS[step]
    shop.breaks(**faults)

    assert shop.reds() == {step: finding}
    found = shop.checked()[step]
    assert CURES[step] in told(found)
    assert words.TITLES[step] == found.title


@pytest.mark.parametrize("step", FAULTS)
def test_what_a_red_check_makes_pointless_is_not_run_and_says_why(shop, step):
    shop.breaks(**FAULTS[step][0])
    found = shop.run()
    stuck = [result.title for result in found if result.state is not State.GREEN]
    for result in found:
        if result.state is State.NOT_RUN:
            blocker = result.values["blocker"]
            assert blocker == stuck[0]
            assert f"“{blocker}” comes first" in result.said


@pytest.mark.parametrize("state", ["invalid", "password_changed", "role_lost"])
def test_it_says_why_a_token_ended(shop, state):
    shop.breaks(token=state)
    known = {"password_changed": "token_password", "role_lost": "token_role"}
    assert shop.reds() == {"token": known.get(state, "token_invalid")}


def test_it_names_the_permission_that_is_missing(shop):
    shop.breaks(without_scopes=["pages_manage_metadata"])
    said = shop.checked()["token"].said
    assert "lacks pages_manage_metadata." in said
    assert "pages_messaging" in said


def test_a_token_of_another_page_is_told_from_ours(shop):
    found = shop.checked(page_access_tokens=("EAAsecond",))["token"]
    assert found.finding == "token_other_page"
    assert "102030405060709" in found.said


def test_of_two_secrets_the_first_must_be_the_apps(shop):
    both = ("old-secret", "a-secret-of-tests")
    assert shop.reds(app_secrets=both) == {"app": "app_secret_second"}


def test_what_facebook_does_not_answer_is_not_called_wrong(shop):
    shop.messenger.faults(graph={"do": "status", "status": 503, "on": "any"})
    assert shop.checked()["app"].finding == "graph_silent"


def test_too_many_calls_are_no_reason_to_change_a_setting(shop):
    shop.messenger.faults(graph={"do": "error", "code": 4, "on": "any"})
    assert shop.checked()["app"].finding == "graph_odd"


def test_an_app_whose_webhook_is_elsewhere_is_not_moved_by_a_check(shop):
    shop.breaks(subscription="elsewhere")
    found = shop.checked()["subscription"]
    assert (found.finding, found.mend) == ("subscription_app_elsewhere", Mend.MOVE)
    assert "https://old.example/webhook" in found.said
    assert shop.checked()["subscription"] == found


@pytest.mark.parametrize(
    ("fault", "mend"),
    [
        ({"subscription": "removed"}, Mend.SUBSCRIBE),
        ({"subscription": "elsewhere"}, Mend.MOVE),
        ({"profile": "removed"}, Mend.PROFILE),
    ],
)
def test_what_we_can_mend_is_mended_by_what_the_check_proposes(shop, fault, mend):
    shop.breaks(**fault)
    (result,) = (r for r in shop.run() if r.state is State.RED)
    assert result.mend is mend
    mending.MENDS[mend](shop.line())
    assert checks.all_well(shop.run())


def test_to_subscribe_leaves_alone_what_goes_elsewhere(shop):
    shop.breaks(subscription="elsewhere")
    mending.subscribe(shop.line())
    assert shop.reds() == {"subscription": "subscription_app_elsewhere"}


def test_to_subscribe_keeps_what_is_subscribed_already(shop):
    fields = {"subscribed_fields": "feed,messages"}
    shop.messenger.graph("POST", "me/subscribed_apps", json=fields)
    assert "messaging_postbacks" in shop.checked()["subscription"].said

    mending.subscribe(shop.line())

    (page, _) = shop.messenger.get("pages")["pages"]
    assert {"feed", "message_edits"} <= {*page["subscribed_fields"]}
    assert checks.all_well(shop.run())
    assert shop.checked()["subscription"].said.startswith("All 10 kinds of events")


def test_what_is_only_welcome_need_not_be_subscribed_and_is_not_counted(shop):
    fields = {"subscribed_fields": ",".join(NEEDED)}
    shop.messenger.graph("POST", "me/subscribed_apps", json=fields)
    assert shop.checked()["subscription"].said.startswith("All 8 kinds of events")


def test_of_what_is_welcome_as_much_is_subscribed_as_facebook_offers(url):
    asked = []

    def ask(fields):
        asked.append(fields)
        if "message_template_status_update" in fields:
            raise SendError("no such field", Fate.FINAL, code=100)

    mending.offering((), ask)
    assert asked[-1] == {*NEEDED, "message_edits"}


def test_a_menu_of_another_app_is_seen(shop):
    tap = {"type": "postback", "title": "Sale!", "payload": "SALE"}
    menu = [{"locale": "default", "call_to_actions": [tap]}]
    body = {"persistent_menu": menu}
    shop.messenger.graph("POST", "me/messenger_profile", json=body)
    assert "“Sale!”" in shop.checked()["profile"].said


def test_a_page_that_is_barred_is_red_once_it_has_tried_to_send(shop):
    shop.breaks(page="restricted")
    shop.sends_test()
    assert shop.reds() == {"page": "page_barred"}


def test_a_person_who_may_not_answer_late_says_so(shop):
    shop.messenger.post("pages/102030405060708", {"human_agent": False})
    line = shop.line(human_agent=True)
    row = {"state": "failed", "reason": "100/2018276: Cannot tag messages"}
    shop.parts.database.write(
        lambda c: c.exec_driver_sql(
            "UPDATE outgoing_message SET state = ?, reason = ?", tuple(row.values())
        )
    )
    found = {r.step: r.finding for r in checks.run(line)}
    assert found[Step.PAGE] == "page_human_agent"


def test_before_anything_was_sent_the_last_check_waits_for_a_test(bare):
    mending.MENDS[Mend.PROFILE](bare.line())
    found = bare.checked()["message"]
    assert (found.state, found.finding) == (State.NOT_RUN, "message_none")
    assert "m.me/102030405060708" in told(found)


def test_a_test_message_that_nobody_sends_is_noticed(shop, parts):
    shop.owes_test(parts.clock() - 2 * trial.SLOW)
    assert shop.reds() == {"message": "message_waiting"}


def test_the_checks_leave_nothing_behind(shop, parts):
    before = everything(parts)
    shop.run()
    shop.messenger.settle()
    assert everything(parts) == before


def test_a_forgery_of_our_own_is_no_fault_in_the_log(shop):
    with capture_logs() as logged:
        shop.run()
    told = [line for line in logged if line["event"].startswith("webhook_")]
    assert {line["event"] for line in told} == {"webhook_checked"}
    assert {line["log_level"] for line in told} == {"info"}


def test_what_was_found_is_kept_for_the_pages(shop, parts):
    shop.breaks(page="unpublished")
    line = shop.line()
    checks.keep(line, list(checks.run(line)))
    (health,) = rows(parts, PageHealth)
    assert (health.reds, len(health.results)) == (1, 8)


def test_the_page_is_called_here_what_it_is_called_at_facebook(shop):
    shop.parts.database.write(lambda c: c.execute(update(Page).values(name="Before")))
    line = shop.line()
    checks.keep(line, list(checks.run(line)))
    (page,) = rows(shop.parts, Page)
    assert page.name == "Harbour Records"
