"""The web application: Messenger's webhook, the agents' and the admins' pages."""

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable

import structlog
from flask import Flask

from bot import engine_lock, logs, pages, starting
from bot.account import first
from bot.connection.refusals import Refusals
from bot.demo import acquaintances, announcing, emulated, page, shop
from bot.engine import Engine
from bot.intake import Intake
from bot.live.listener import Listener
from bot.settings import Settings
from bot.shop.notices import chosen as notices
from bot.shop.notices.taking import Taking
from bot.wake import InProcessWaker
from bot.wiring import Parts, build, prepare
from intents.trim import trim
from webhooks.receiver import Receiver
from webhooks.shops import ShopReceiver

log = structlog.get_logger()

SWITCH_INTERVAL = 0.0005  # seconds; by default an ack may wait for a whole second
#: Objects made until the collector looks for rings among them. A page makes thousands
#: and no ring, and several are made at a time: each look would go through all of them.
RINGS_AFTER = 50_000


def create_app() -> Flask:
    """Return the application that does everything in this one process.

    Its threads end, and what they had begun is finished, when the main thread
    has ended: the web server's child process runs no atexit hooks.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    settings = Settings.from_env(os.environ)
    logs.configure(_level(settings))
    with starting.reported(settings):
        locks = engine_lock.take(settings)
        if settings.demo:
            emulated.wait(settings.graph_url)
        parts = build(settings)
        prepare(parts)
    if settings.demo:
        page.dress(parts)
        shop.fill(parts)
        acquaintances.introduce(parts)
        announcing.announce(settings)
    first.welcome(parts)
    waker = InProcessWaker("turn", parts.settings.turn_threads)
    engine = Engine(parts, waker)
    parts.understanding.follow()
    engine.start()
    listener = Listener(parts.database, settings)
    listener.start()
    close_after_main_thread(listener.close, engine.close, parts.close, locks.close)
    app = application(parts, waker.wake)
    collect_seldom()
    return app


def collect_seldom() -> None:
    """Let the collector of rings leave alone what a started process keeps anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(RINGS_AFTER)
    trim()  # what was needed to start; turns do not take it again


def _level(settings: Settings) -> int:
    """Return what is logged: to whoever watches the demo, what is wrong alone."""
    is_watched = settings.demo and sys.stderr.isatty()
    return logging.WARNING if is_watched else logging.INFO


def application(parts: Parts, wake: Callable[[int], None]) -> Flask:
    """Return the web application; *wake* asks for a conversation to be looked at."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    app.extensions["parts"] = parts
    app.extensions["wake"] = wake
    app.extensions["started_at"] = parts.clock()  # its settings count from here on
    app.add_url_rule("/healthz", view_func=_healthy)
    pages.add(app)
    intake = Intake(parts.database, parts.clock, parts.settings.app_id, wake)
    app.wsgi_app = Receiver(  # type: ignore[method-assign]
        app.wsgi_app,
        intake.accept,
        on_refusal=lambda reason: log.warning("webhook_refused", reason=reason),
        on_foreign=Refusals(parts.database, parts.settings.page_ids, parts.clock).note,
        app_secrets=parts.settings.app_secrets,
        verify_token=parts.settings.verify_token,
    )
    _take_notices(app, parts)
    return app


def _take_notices(app: Flask, parts: Parts) -> None:
    """Take what the shop's own system tells, from whoever the settings let in."""
    readers = notices.readers(parts.settings)
    taking = Taking(parts.database, parts.clock, readers)
    app.wsgi_app = ShopReceiver(  # type: ignore[method-assign]
        app.wsgi_app,
        taking.take,
        secrets=parts.settings.shop.signing,
        on_refusal=lambda sender, reason: log.warning(
            "shop_notice_refused", sender=sender, reason=reason
        ),
    )


def close_after_main_thread(*closes: Callable[[], None]) -> None:
    """Call *closes* in order once the main thread has ended."""

    def close() -> None:
        threading.main_thread().join()
        for one in closes:
            one()

    threading.Thread(target=close, name="closing").start()


def _healthy() -> tuple[str, int]:
    return "ok\n", 200
