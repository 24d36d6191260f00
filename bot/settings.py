"""Everything that differs between your laptop and production.

Read once, frozen, loud: a setting that is missing, malformed or misspelt stops
the start with a line that names it and the cure.
"""

import difflib
import os
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from bot import setting_values as values
from bot.setting_values import LANGUAGES as LANGUAGES
from bot.setting_values import LOOPBACK as LOOPBACK
from bot.setting_values import setting as _setting
from bot.shop_settings import ShopSettings

ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound
PREFIXES = ("FACEBOOK_", "FRONTDESK_")
# How like one of ours a name without our prefix must be to be one, misspelt:
# DATABSE_URL is, GRAPHQL_URL is not.
ALIKE = 0.92


#: What a command that never talks to Facebook takes for its settings there.
NOTHING_OF_FACEBOOK: Mapping[str, Any] = {
    "app_id": "",
    "page_ids": (),
    "app_secrets": (),
    "page_access_tokens": (),
}


@dataclass(frozen=True)
class OurPage:
    """A Page that we answer for, and the token that speaks for it."""

    page_id: str
    token: str = field(repr=False)


#: What stands for what is made, where nothing can be: no start comes of it.
NOT_MADE: Mapping[str, str] = {
    "SECRET_KEY": "-" * 15 + "x",
    "FACEBOOK_VERIFY_TOKEN": "x",
    "DATABASE_URL": "sqlite:///x",
}


class SettingError(Exception):
    """Settings are missing or malformed; each line names one and the cure."""


#: Who must have a second factor: whoever wishes, or all who may edit.
WISHED, OF_EDITORS = "off", "editors"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one running process; .env.example explains each."""

    home: Path = _setting("FRONTDESK_HOME", Path)
    app_id: str = _setting(
        "FACEBOOK_APP_ID",
        values.digits,
        cure="copy the number at the top of your app's dashboard",
    )
    #: One, or several that one desk answers for: each with its token, in this order.
    page_ids: tuple[str, ...] = _setting(
        "FACEBOOK_PAGE_ID",
        values.numbers,
        cure="copy it from your Page's About, Page transparency",
    )
    app_secrets: tuple[str, ...] = _setting(
        "FACEBOOK_APP_SECRET",
        values.secrets,
        repr=False,
        cure="copy it from your app's dashboard, Settings, Basic",
    )
    page_access_tokens: tuple[str, ...] = _setting(
        "FACEBOOK_PAGE_ACCESS_TOKEN",
        values.secrets,
        repr=False,
        cure="generate one in your app's dashboard, Messenger, API setup",
    )
    verify_token: str = _setting("FACEBOOK_VERIFY_TOKEN", values.secret, repr=False)
    secret_key: str = _setting("SECRET_KEY", values.key, repr=False)
    database_url: str = _setting("DATABASE_URL", values.database_url, repr=False)
    broker_url: str | None = _setting(
        "BROKER_URL", values.broker, default=None, repr=False
    )
    action_endpoint: str | None = _setting(
        "FRONTDESK_ACTION_ENDPOINT", values.url("http", "https"), default=None
    )
    graph_url: str = _setting(
        "GRAPH_URL", values.url("http", "https"), default="https://graph.facebook.com"
    )
    graph_version: str = _setting("GRAPH_VERSION", default="v25.0")
    host: str = _setting("FRONTDESK_HOST", default="127.0.0.1")
    port: int = _setting("FRONTDESK_PORT", values.number(int, 0, 65535), default=8000)
    events_port: int | None = _setting(
        "FRONTDESK_EVENTS_PORT", values.number(int, 0, 65535), default=None
    )
    public_url: str | None = _setting(
        "FRONTDESK_URL", values.url("http", "https"), default=None
    )
    clock_url: str | None = _setting(
        "FRONTDESK_CLOCK_URL", values.url("http"), default=None
    )
    environment: str = _setting("FRONTDESK_ENVIRONMENT", default="production")
    zone: str = _setting("FRONTDESK_ZONE", values.zone, default="UTC")
    quiet_hours: tuple[time, time] | None = _setting(
        "FRONTDESK_QUIET_HOURS", values.quiet_hours, default=(time(22), time(8))
    )
    languages: tuple[str, ...] = _setting(
        "FRONTDESK_LANGUAGES", values.languages, default=LANGUAGES
    )
    precision: float = _setting(
        "FRONTDESK_PRECISION", values.one_of(0.95, 0.98, 0.99), default=0.98
    )
    embeddings: bool = _setting("FRONTDESK_EMBEDDINGS", values.yes_or_no, default=False)
    second_factor: str = _setting(
        "FRONTDESK_SECOND_FACTOR", values.word(WISHED, OF_EDITORS), default=WISHED
    )
    answer_within: int = _setting(
        "FRONTDESK_ANSWER_WITHIN", values.number(int, 1, 10080), default=10
    )
    away_return: int = _setting(
        "FRONTDESK_AWAY_RETURN", values.number(int, 0, 1440), default=15
    )
    turn_threads: int = _setting(
        "FRONTDESK_TURN_THREADS", values.number(int, 1, 64), default=2
    )
    senders: int = _setting("FRONTDESK_SENDERS", values.number(int, 1, 256), default=32)
    human_agent: bool = _setting(
        "FRONTDESK_HUMAN_AGENT", values.yes_or_no, default=False
    )
    raw_days: int = _setting(
        "FRONTDESK_RAW_DAYS", values.number(int, 1, 3650), default=7
    )
    text_days: int = _setting(
        "FRONTDESK_TEXT_DAYS", values.number(int, 1, 3650), default=180
    )
    mark_seen: bool = _setting("FRONTDESK_MARK_SEEN", values.yes_or_no, default=False)
    profiles: bool = _setting("FRONTDESK_PROFILES", values.yes_or_no, default=True)
    demo: bool = _setting("FRONTDESK_DEMO", values.yes_or_no, default=False)
    #: Whether the demo begins with conversations: measurements count their own alone.
    demo_past: bool = _setting("FRONTDESK_DEMO_PAST", values.yes_or_no, default=True)
    #: Read from variables of its own.
    shop: ShopSettings = ShopSettings()

    @property
    def pages(self) -> tuple[OurPage, ...]:
        """Return the Pages that we answer for, in their order."""
        both = zip(self.page_ids, self.page_access_tokens, strict=True)
        return tuple(OurPage(page_id, token) for page_id, token in both)

    @property
    def page_id(self) -> str:
        """Return the Page that is named first; mostly there is one."""
        return self.page_ids[0]

    @property
    def is_sqlite(self) -> bool:
        """Whether one process holds everything."""
        return self.database_url.startswith("sqlite")

    @property
    def live_port(self) -> int | None:
        """Where pages listen for news: None, they ask by themselves."""
        next_door = self.port + 1 if 0 < self.port < 65535 else 0
        given = self.events_port
        return (next_door if given is None else given) or None

    @property
    def is_emulated(self) -> bool:
        """Whether Messenger is played by an emulator on this machine."""
        return urlsplit(self.graph_url).hostname in LOOPBACK

    @property
    def demo_phone(self) -> str:
        """Where the demo's phone is; no other Frontdesk has one."""
        return f"{self.graph_url}/" if self.demo else ""

    @property
    def base_url(self) -> str:
        """Return the URL under which people reach us."""
        if self.public_url:
            return self.public_url
        host = "127.0.0.1" if self.host in ANYWHERE else self.host
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}"

    @property
    def is_over_https(self) -> bool:
        """Whether the URL under which people reach us is one of HTTPS."""
        return (self.public_url or "").startswith("https://")

    @property
    def models(self) -> Path:
        """Return the folder of trained models."""
        return self.home / "models"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Return the settings in *env*, or say which are wrong and how to mend each.

        The two secrets that nobody has to give us are made on the first start
        and kept in the home folder.
        """
        return _read(env, {})

    @classmethod
    def offline(cls, env: Mapping[str, str]) -> "Settings":
        """Return the settings of a command that never talks to Facebook.

        What Facebook gives is not read: it may be missing still.
        """
        return _read(env, NOTHING_OF_FACEBOOK)


#: Every field that is read from the environment.
SETTINGS = tuple(item for item in fields(Settings) if "env" in item.metadata)
SHOP_SETTINGS = fields(ShopSettings)


def _read(env: Mapping[str, str], known: Mapping[str, Any]) -> Settings:
    meant, wrong = _misspelt(env)
    home, made = _kept(env, wrong)
    given = {**made, **{name: text for name, text in env.items() if text}}
    given["FRONTDESK_HOME"] = str(home)
    found = _values(SETTINGS, given, known, wrong, meant)
    shop = ShopSettings(**_values(SHOP_SETTINGS, given, {}, wrong, meant))
    wrong += _unpaired(found)
    wrong += _clashing(found)
    wrong += shop.lacking()
    if wrong:
        raise SettingError("\n".join(wrong))
    return Settings(**{**found, "shop": shop, **known})


def _kept(env: Mapping[str, str], wrong: list[str]) -> tuple[Path, Mapping[str, str]]:
    """Return the folder and what is made in it; say what is wrong with it."""
    try:
        home = writable_home(env)
    except SettingError as error:
        wrong.append(str(error))
        return Path(), NOT_MADE
    return home, _made(home)


def writable_home(env: Mapping[str, str]) -> Path:
    """Return the folder in which everything is kept, made if need be."""
    home = Path(env.get("FRONTDESK_HOME") or "var").absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "models").mkdir(exist_ok=True)
        probe = home / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingError(
            f"FRONTDESK_HOME {home} can't be written ({error.strerror}): "
            "name a folder that this user may write"
        ) from None
    return home


def _values(
    settings: Sequence[Field[Any]],
    given: Mapping[str, str],
    known: Mapping[str, Any],
    wrong: list[str],
    meant: Collection[str],
) -> dict[str, Any]:
    """Return what is *given*, and say of all that is wrong how to mend it.

    What was *meant* by a name that is misspelt is not said to be missing as well.
    """
    found = {}
    for item in settings:
        name, read = item.metadata["env"], item.metadata["read"]
        if item.name in known:
            continue
        if name in given:
            try:
                found[item.name] = read(given[name])
            except ValueError as error:
                wrong.append(f"{name} is malformed: {error}")
        elif name in meant:
            continue
        elif item.default is item.default_factory:  # neither: both are MISSING
            wrong.append(f"{name} is not set: {item.metadata['cure']}")
    return found


def _unpaired(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what to do if it is not told which token is of which Page."""
    ids, tokens = found.get("page_ids"), found.get("page_access_tokens")
    if ids is None or tokens is None or len(ids) == len(tokens):
        return
    yield (
        f"FACEBOOK_PAGE_ID and FACEBOOK_PAGE_ACCESS_TOKEN do not match ({len(ids)} "
        f"and {len(tokens)} between commas): give each Page its token, in the order "
        "of the Pages"
    )


def _made(home: Path) -> dict[str, str]:
    """Return what we make ourselves: a key, a verify token, a place for rows."""
    kept = home / "secrets.json"
    if not kept.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(32),
            "FACEBOOK_VERIFY_TOKEN": secrets.token_urlsafe(24),
        }
        new = home / f".secrets-{os.getpid()}"
        new.touch(mode=0o600)
        new.write_bytes(orjson.dumps(made))
        _keep_first(new, kept)
    found: dict[str, str] = orjson.loads(kept.read_bytes())
    return {**found, "DATABASE_URL": f"sqlite:///{home / 'frontdesk.sqlite'}"}


def _keep_first(new: Path, kept: Path) -> None:
    """Let the first of two processes that start at once win."""
    try:
        os.link(new, kept)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def _misspelt(env: Mapping[str, str]) -> tuple[Collection[str], list[str]]:
    """Return which settings were meant by names that are none, and what to do."""
    known = [item.metadata["env"] for item in (*SETTINGS, *SHOP_SETTINGS)]
    meant, wrong = set(), []
    for name in sorted(set(env).difference(known)):
        ours = name.startswith(PREFIXES)
        near = difflib.get_close_matches(name, known, 1, 0.6 if ours else ALIKE)
        meant.update(near)
        if ours or near:
            hint = f"did you mean {near[0]}?" if near else "see .env.example"
            wrong.append(f"{name} is not a setting of Frontdesk: {hint}")
    return meant, wrong


def _clashing(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is for the emulator alone, where Messenger is none."""
    if urlsplit(found.get("graph_url", "")).hostname in LOOPBACK:
        return
    if found.get("clock_url"):
        yield (
            "FRONTDESK_CLOCK_URL is for the emulator: unset it, "
            "or set GRAPH_URL to the emulator's loopback address"
        )
    if found.get("demo"):
        yield "FRONTDESK_DEMO never talks to Meta: unset it"
