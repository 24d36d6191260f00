"""The settings: read once, frozen, and loud about what is wrong with them."""

import stat
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bot.settings import SETTINGS, SHOP_SETTINGS, SettingError, Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def env(tmp_path):
    return {
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "shh",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
        "FRONTDESK_HOME": str(tmp_path / "home"),
    }


def refusal(env, **changes):
    with pytest.raises(SettingError) as error:
        Settings.from_env({**env, **changes})
    said = str(error.value)
    assert "\n" not in said
    return said


def test_four_values_of_facebook_are_all_that_must_be_given(env):
    settings = Settings.from_env(env)
    assert settings.app_secrets == ("shh",)
    assert settings.home == Path(env["FRONTDESK_HOME"])
    assert settings.database_url == f"sqlite:///{settings.home}/frontdesk.sqlite"
    assert settings.graph_url == "https://graph.facebook.com"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert not settings.demo


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("FACEBOOK_APP_ID", "app's dashboard"),
        ("FACEBOOK_PAGE_ID", "Page transparency"),
        ("FACEBOOK_APP_SECRET", "Settings, Basic"),
        ("FACEBOOK_PAGE_ACCESS_TOKEN", "Messenger, API setup"),
    ],
)
def test_a_missing_one_is_named_with_the_place_to_find_it(env, name, cure):
    del env[name]
    assert refusal(env).startswith(f"{name} is not set: ")
    assert cure in refusal(env)


def test_all_that_is_wrong_is_told_at_once_a_line_each(tmp_path):
    given = {"FRONTDESK_HOME": str(tmp_path), "FRONTDESK_PORT": "none"}
    with pytest.raises(SettingError) as error:
        Settings.from_env({**given, "FACEBOOK_PAGE_ID": "102030405060708"})
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "FACEBOOK_APP_ID is not set",
        "FACEBOOK_APP_SECRET is not set",
        "FACEBOOK_PAGE_ACCESS_TOKEN is not set",
        "FRONTDESK_PORT is malformed",
    ]


def test_a_command_that_never_talks_to_facebook_needs_nothing_of_it(tmp_path):
    given = {"FRONTDESK_HOME": str(tmp_path), "FACEBOOK_APP_ID": "abc"}
    settings = Settings.offline(given)
    assert (settings.app_id, settings.app_secrets) == ("", ())
    with pytest.raises(SettingError, match="FRONTDESK_PORT is malformed"):
        Settings.offline({**given, "FRONTDESK_PORT": "none"})


def test_several_pages_have_their_tokens_in_their_order(env):
    ids, tokens = "111, 222", "EAAone,EAAtwo"
    given = {**env, "FACEBOOK_PAGE_ID": ids, "FACEBOOK_PAGE_ACCESS_TOKEN": tokens}
    first, second = Settings.from_env(given).pages
    assert (first.page_id, first.token) == ("111", "EAAone")
    assert (second.page_id, second.token) == ("222", "EAAtwo")
    assert "EAA" not in repr(Settings.from_env(given).pages)


@pytest.mark.parametrize(
    ("ids", "tokens", "counts"),
    [("111,222", "EAAone", "2 and 1"), ("111", "EAAone,EAAtwo", "1 and 2")],
)
def test_pages_and_tokens_that_do_not_match_are_refused(env, ids, tokens, counts):
    given = {"FACEBOOK_PAGE_ID": ids, "FACEBOOK_PAGE_ACCESS_TOKEN": tokens}
    said = refusal(env, **given)
    assert said.startswith("FACEBOOK_PAGE_ID and FACEBOOK_PAGE_ACCESS_TOKEN")
    assert counts in said
    assert "give each Page its token, in the order of the Pages" in said


def test_a_page_that_is_named_twice_is_refused(env):
    given = {"FACEBOOK_PAGE_ID": "111,222,111"}
    said = refusal(env, **given, FACEBOOK_PAGE_ACCESS_TOKEN="EAAa,EAAb,EAAc")
    assert said.startswith("FACEBOOK_PAGE_ID is malformed: 111 stands there twice")


def test_an_empty_one_is_as_good_as_none(env):
    assert refusal(env, FACEBOOK_APP_ID="").startswith("FACEBOOK_APP_ID is not set")
    assert Settings.from_env({**env, "GRAPH_URL": ""}).graph_url.startswith("https")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("FACEBOOK_APP_SECRET", " , ", "empty"),
        ("GRAPH_URL", "graph.facebook.com", "begin with http"),
        ("GRAPH_URL", "ftp://graph.facebook.com", "begin with http"),
        ("GRAPH_URL", "https://", "no host"),
        ("GRAPH_URL", "https://graph.facebook.com:none", "Port"),
        ("GRAPH_URL", "https://[::1", "IPv6"),
        ("FRONTDESK_URL", "desk.example.com", "begin with http"),
        ("DATABASE_URL", "mysql://localhost/shop", "sqlite"),
        ("DATABASE_URL", "postgresql:///shop", "no host"),
        ("DATABASE_URL", "postgresql+nonsense://localhost/shop", "no driver"),
        ("DATABASE_URL", "sqlite://", "no file"),
        ("BROKER_URL", "http://localhost", "amqp"),
        (
            "BROKER_URL",
            "redis://localhost:6379/0",
            "the client of Redis is not installed",
        ),
        ("FRONTDESK_PORT", "80,80", "from 0 to 65535"),
        ("FRONTDESK_PORT", "65536", "from 0 to 65535"),
        ("FRONTDESK_ANSWER_WITHIN", "0", "from 1"),
        ("FRONTDESK_RAW_DAYS", "0", "from 1"),
        ("FRONTDESK_TEXT_DAYS", "half", "from 1"),
        ("FRONTDESK_PRECISION", "0.9", "0.95, 0.98, 0.99"),
        ("FRONTDESK_ZONE", "Londn", "Europe/London"),
        ("FRONTDESK_ZONE", "../zone", "Europe/London"),
        ("FRONTDESK_QUIET_HOURS", "10pm-8am", "such as 22:00-08:00, or off"),
        ("FRONTDESK_QUIET_HOURS", "22:00", "such as 22:00-08:00, or off"),
        ("FRONTDESK_QUIET_HOURS", "22:00-24:00", "such as 22:00-08:00, or off"),
        ("FRONTDESK_QUIET_HOURS", "22:00-08:00-09:00", "such as 22:00-08:00"),
        ("FRONTDESK_QUIET_HOURS", "8:00-08:00", "write off to let news go out"),
        ("FRONTDESK_MARK_SEEN", "perhaps", "yes or no"),
        ("FACEBOOK_APP_ID", "abc", "digits only"),
        ("FACEBOOK_PAGE_ID", "harbour.records", "digits only"),
        ("FACEBOOK_APP_SECRET", "...", "placeholder"),
        ("FACEBOOK_PAGE_ACCESS_TOKEN", "...", "placeholder"),
        ("FACEBOOK_VERIFY_TOKEN", "...", "placeholder"),
        ("SECRET_KEY", "...", "placeholder"),
        ("SECRET_KEY", "too-short", "16 characters or more"),
        ("FRONTDESK_ORDERS", "magento", "tables, shopify, woocommerce, rest"),
        ("SHOPIFY_URL", "http://shop.myshopify.com", "https"),
        ("SHOPIFY_ACCESS_TOKEN", "...", "placeholder"),
        ("SHOPIFY_API_VERSION", "latest", "a month, such as 2026-10"),
        ("WOOCOMMERCE_URL", "shop.example.com", "begin with https"),
        ("WOOCOMMERCE_URL", "https://me:pw@shop.example.com", "no name"),
        ("WOOCOMMERCE_TRACKING", "_tracking..number", "dots between"),
        ("ORDERS_URL", "https://shop.example.com?key=1", "no ?"),
    ],
)
def test_a_malformed_one_is_named_with_what_it_must_be(env, name, text, why):
    said = refusal(env, **{name: text})
    assert said.startswith(f"{name} is malformed: ")
    assert why in said


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("FACEBOOK_APP_SECRETS", "FACEBOOK_APP_SECRET"),
        ("FRONTDESK_PROT", "FRONTDESK_PORT"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("GRAPH_VERSON", "GRAPH_VERSION"),
        ("SECRETKEY", "SECRET_KEY"),
    ],
)
def test_a_misspelt_one_is_named_with_what_was_meant(env, name, meant):
    said = refusal(env, **{name: "x"})
    assert said == f"{name} is not a setting of Frontdesk: did you mean {meant}?"


def test_names_values_and_folders_that_are_wrong_are_told_together(env):
    wrong = {
        "FRONTDESK_PROT": "80",
        "DATABSE_URL": "x",
        "FRONTDESK_ZONE": "Londn",
        "FRONTDESK_HOME": "/dev/null/home",
        "FRONTDESK_DEMO": "yes",
        "FRONTDESK_CLOCK_URL": "http://127.0.0.1:9",
    }
    with pytest.raises(SettingError) as error:
        Settings.from_env({**env, **wrong})
    names = [line.split()[0] for line in str(error.value).splitlines()]
    assert sorted(names) == sorted(wrong)


def test_what_is_misspelt_is_not_called_missing_as_well(env):
    del env["FACEBOOK_APP_SECRET"]
    said = refusal(env, FACEBOOK_APP_SECRETS="shh")
    assert said.endswith("did you mean FACEBOOK_APP_SECRET?")


def test_one_like_none_of_ours_says_where_ours_are(env):
    assert refusal(env, FRONTDESK_QQQQQQQQQQQQ="x").endswith("see .env.example")


@pytest.mark.parametrize("name", ["PATH", "GRAPHQL_URL", "DATABASE_URI", "PGHOST"])
def test_what_others_have_in_the_environment_is_theirs(env, name):
    assert Settings.from_env({**env, name: "x"}).port == 8000


def test_a_folder_that_cannot_be_written_is_named(env):
    said = refusal(env, FRONTDESK_HOME="/dev/null/home")
    assert said.startswith("FRONTDESK_HOME /dev/null/home can't be written")
    assert "name a folder" in said


def test_the_emulators_clock_is_followed_only_beside_an_emulator(env):
    clock = {"FRONTDESK_CLOCK_URL": "http://127.0.0.1:9"}
    assert "FRONTDESK_CLOCK_URL" in refusal(env, **clock)
    beside = {**clock, "GRAPH_URL": "http://127.0.0.1:9"}
    assert Settings.from_env({**env, **beside}).clock_url == "http://127.0.0.1:9"


def test_a_demo_never_talks_to_meta(env):
    assert "FRONTDESK_DEMO" in refusal(env, FRONTDESK_DEMO="yes")


def test_several_secrets_may_hold_while_one_is_replaced(env):
    env["FACEBOOK_APP_SECRET"] = "new, old"
    assert Settings.from_env(env).app_secrets == ("new", "old")


def test_what_we_make_ourselves_is_made_once_and_for_our_eyes(env):
    first, again = Settings.from_env(env), Settings.from_env(env)
    assert first.secret_key == again.secret_key
    assert first.verify_token == again.verify_token
    assert len(first.secret_key) > 40
    kept = first.home / "secrets.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not list(first.home.glob(".*"))


def test_what_is_given_counts_more_than_what_was_made(env):
    Settings.from_env(env)
    given = Settings.from_env({**env, "SECRET_KEY": "a-key-of-my-own-making"})
    assert given.secret_key == "a-key-of-my-own-making"


def test_nobody_changes_them_and_no_log_shows_a_secret(env):
    settings = Settings.from_env({**env, "SECRET_KEY": "a-key-of-my-own-making"})
    with pytest.raises(FrozenInstanceError):
        settings.port = 1
    for secret in ("shh", "EAAtests", "a-key-of-my-own-making", settings.verify_token):
        assert secret not in repr(settings)


def test_the_example_explains_each_setting_that_a_shop_may_give():
    explained = (ROOT / ".env.example").read_text()
    names = {item.metadata["env"] for item in (*SETTINGS, *SHOP_SETTINGS)}
    ours = {"FRONTDESK_DEMO", "FRONTDESK_DEMO_PAST"}
    assert [one for one in sorted(names - ours) if f"{one}=" not in explained] == []


def test_the_example_itself_asks_for_facebooks_four_values_alone(tmp_path):
    lines = (ROOT / ".env.example").read_text().splitlines()
    given = [line.partition("=")[0] for line in lines if line and line[0] != "#"]
    assert given == [
        "FACEBOOK_APP_ID",
        "FACEBOOK_PAGE_ID",
        "FACEBOOK_APP_SECRET",
        "FACEBOOK_PAGE_ACCESS_TOKEN",
    ]


def test_the_languages_of_a_shop_are_those_we_speak_its_own_first(env):
    assert Settings.from_env(env).languages == ("en", "ar", "es", "fr", "zh")
    chosen = Settings.from_env({**env, "FRONTDESK_LANGUAGES": "ar, en,ar"})
    assert chosen.languages == ("ar", "en")
    told = refusal(env, FRONTDESK_LANGUAGES="en,de")
    assert told.startswith("FRONTDESK_LANGUAGES is malformed: de is not among en, ar")


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("shopify", ["SHOPIFY_URL", "SHOPIFY_ACCESS_TOKEN"]),
        ("woocommerce", ["WOOCOMMERCE_URL", "WOOCOMMERCE_KEY", "WOOCOMMERCE_SECRET"]),
        ("rest", ["ORDERS_URL", "ORDERS_TOKEN"]),
    ],
)
def test_a_shop_on_the_network_needs_its_own(env, kind, needed):
    with pytest.raises(SettingError) as error:
        Settings.from_env({**env, "FRONTDESK_ORDERS": kind})
    lines = str(error.value).splitlines()
    assert [line.split()[0] for line in lines] == needed
    assert all(f"FRONTDESK_ORDERS={kind} needs it" in line for line in lines)
    values = {name: "https://shop.example.com" for name in needed}
    shop = Settings.from_env({**env, "FRONTDESK_ORDERS": kind, **values}).shop
    assert list(shop.lacking()) == []


def test_the_secrets_of_a_shop_show_nowhere(env):
    given = {"SHOPIFY_ACCESS_TOKEN": "shpat_1", "WOOCOMMERCE_SECRET": "cs_1"}
    shown = repr(Settings.from_env({**env, **given, "ORDERS_TOKEN": "tok_1"}))
    assert not any(secret in shown for secret in ("shpat_1", "cs_1", "tok_1"))


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"MAIL_URL": "smtps://a:b@mail.example"}, "MAIL_FROM"),
        ({"MAIL_FROM": "Our Shop <help@shop.example>"}, "MAIL_URL"),
    ],
)
def test_codes_need_a_server_and_a_sender(env, given, missing):
    assert refusal(env, **given).startswith(f"{missing} is not set: ")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("MAIL_FROM", "help"),
        ("MAIL_FROM", "a@b\nBcc: c@d"),
        ("MAIL_FROM", "Shop <help>"),
        ("MAIL_FROM", "@"),
        ("MAIL_URL", "https://mail.example"),
    ],
)
def test_a_mail_server_and_its_sender_are_such(env, name, given):
    well = {"MAIL_URL": "smtps://u:p@mail.example", "MAIL_FROM": "help@shop.example"}
    assert "u:p" not in repr(Settings.from_env({**env, **well}))
    with pytest.raises(SettingError, match=f"{name} is malformed"):
        Settings.from_env({**env, **well, name: given})


def test_who_lets_customers_change_addresses_has_a_mail_server(env):
    name = "FRONTDESK_ADDRESS_CHANGES"
    assert f"{name} needs it" in refusal(env, **{name: "yes"})
    well = {"MAIL_URL": "smtps://a:b@mail.example", "MAIL_FROM": "a@shop.example"}
    assert Settings.from_env({**env, **well, name: "yes"}).shop.address_changes
    assert not Settings.from_env(env).shop.address_changes


def test_products_are_elsewhere_than_orders_if_the_settings_say_so(env):
    assert Settings.from_env(env).shop.products == "tables"
    url = "https://harbour.myshopify.com"
    said = refusal(env, FRONTDESK_PRODUCTS="shopify", SHOPIFY_URL=url)
    assert "TOKEN is not set: FRONTDESK_PRODUCTS=shopify needs it" in said


def test_who_lets_customers_cancel_has_a_mail_server(env):
    assert "FRONTDESK_CANCELS needs it" in refusal(env, FRONTDESK_CANCELS="yes")
    well = {"MAIL_URL": "smtps://mail.example", "MAIL_FROM": "help@shop.example"}
    settings = Settings.from_env({**env, **well, "FRONTDESK_CANCELS": "yes"})
    assert settings.shop.cancels
    assert not Settings.from_env(env).shop.cancels


class TestSecretsOfNotices:
    SHOPIFY = {
        "FRONTDESK_ORDERS": "shopify",
        "SHOPIFY_URL": "https://harbour.myshopify.com",
        "SHOPIFY_ACCESS_TOKEN": "shpat_1",
    }

    def test_several_count_while_one_is_replaced_and_none_is_shown(self, env):
        given = {**self.SHOPIFY, "SHOPIFY_WEBHOOK_SECRET": "shpss_new, shpss_old"}
        settings = Settings.from_env({**env, **given})
        assert settings.shop.signing == {"shopify": ("shpss_new", "shpss_old")}
        assert "shpss" not in repr(settings)

    def test_that_we_make_ourselves_are_long_enough(self, env):
        told = refusal(env, ORDERS_WEBHOOK_SECRET="short")
        assert told.startswith("ORDERS_WEBHOOK_SECRET is malformed: it needs 16 char")

    def test_of_a_shop_that_has_no_orders_here_are_refused(self, env):
        told = refusal(env, SHOPIFY_WEBHOOK_SECRET="shpss_1")
        assert told == (
            "SHOPIFY_WEBHOOK_SECRET is set, but FRONTDESK_ORDERS is tables: take it "
            "out, or set FRONTDESK_ORDERS to shopify"
        )
        secret = {"ORDERS_WEBHOOK_SECRET": "a-secret-of-a-shop"}
        told = refusal(env, **self.SHOPIFY, **secret)
        assert told.endswith("set FRONTDESK_ORDERS to tables or rest or own")
        assert Settings.from_env({**env, **secret}).shop.signing
