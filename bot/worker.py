"""Several processes: web processes wake, workers answer and send.

Celery carries one thing, `wake(*conversation_ids)`, and only as a hint: what is owed
lies in the tables. So a wake is neither kept on disk nor acknowledged nor tried
again. A worker puts those it hears into a queue of its own, into which its sweep
puts what no wake told of: while the broker is down answers come a second late.
"""

import os
import sys
import threading
from collections.abc import Callable

import structlog
from celery import Celery
from flask import Flask
from kombu import Queue

from bot import logs, starting
from bot.account import first
from bot.app import (
    SWITCH_INTERVAL,
    application,
    close_after_main_thread,
    collect_seldom,
)
from bot.clock import monotonic
from bot.engine import Engine
from bot.live.listener import Listener
from bot.settings import Settings
from bot.wake import InProcessWaker
from bot.wiring import build, prepare

log = structlog.get_logger()

MOST_WAITING = 10_000  # messages at the broker; beyond that the sweep is as fast
PAUSE = 1.0  # seconds without the broker before it is tried again
TIMEOUT = 2.0  # seconds for a connection, or for a wake to be taken
TOGETHER = 0.1  # seconds in which wakes gather after others went
HEARTBEAT = 10.0  # seconds; a connection that is dead without a word is given up


def queue_name(environment: str) -> str:
    """Return the queue of an environment: staging must not eat production's wakes."""
    return f"frontdesk-{environment}-wakes"


def celery_app(settings: Settings) -> Celery:
    """Return the Celery application that carries wakes."""
    name = queue_name(settings.environment)
    app = Celery("frontdesk", broker=settings.broker_url)
    app.conf.update(
        task_queues=[Queue(name, no_ack=True, max_length=MOST_WAITING)],
        task_default_queue=name,
        task_default_delivery_mode="transient",
        task_ignore_result=True,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        # Workers need not know of each other, and may have the same name.
        worker_enable_remote_control=False,
        # After a lost connection Celery would restore the count from the threads of
        # tasks, several at once, on the one connection they share with the consumer.
        # They take each other's answers from it and wait for ever (Celery 5.7).
        worker_enable_prefetch_count_reduction=False,
        broker_heartbeat=HEARTBEAT,
        broker_connection_timeout=TIMEOUT,
        broker_transport_options={"write_timeout": TIMEOUT},
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
    )
    return app


class Publisher:
    """Carries wakes to the workers, from a thread of its own: no ack waits for it.

    Those that come soon after each other go as one: a wake costs the broker's client
    as much as its turn costs the tables.
    """

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._try_again_at = 0.0
        self._waiting: dict[int, None] = {}
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="publisher")
        self._thread.start()

    def wake(self, conversation_id: int) -> None:
        """Ask for a conversation to be looked at; never block, never raise."""
        with self._changed:
            self._waiting[conversation_id] = None
            self._changed.notify()

    def close(self) -> None:
        """Publish what waits, if the broker takes it."""
        with self._changed:
            self._ended.set()
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while wakes := self._gathered():
            self._publish(wakes)
            self._ended.wait(TOGETHER)

    def _gathered(self) -> list[int]:
        """Return what waits, as soon as anything does; nothing, if it is the end."""
        with self._changed:
            while not self._waiting and not self._ended.is_set():
                self._changed.wait()
            wakes = [*self._waiting]
            self._waiting.clear()
        return wakes

    def _publish(self, wakes: list[int]) -> None:
        """Publish wakes; drop them while the broker is down: the sweep needs none."""
        if monotonic() < self._try_again_at:
            return
        try:
            self._app.send_task("wake", wakes, retry=False)
        except Exception as error:  # noqa: BLE001 - whatever a broker's client raises
            log.warning("wake_not_carried", reason=type(error).__name__)
            self._try_again_at = monotonic() + PAUSE


def create_web() -> Flask:
    """Return the web application of several processes: it takes in and wakes."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    logs.configure()
    settings = Settings.from_env(os.environ)
    with starting.reported(settings):
        parts = build(settings)
        prepare(parts)
    first.welcome(parts)
    parts.understanding.follow()
    publisher = Publisher(celery_app(parts.settings))
    listener = Listener(parts.database, settings)
    listener.start()
    close_after_main_thread(listener.close, publisher.close, parts.close)
    app = application(parts, publisher.wake)
    collect_seldom()
    return app


def run_worker(threads: int) -> None:
    """Answer and send until we are told to end."""
    logs.configure()
    with starting.named():
        parts = build(Settings.from_env(os.environ))
        prepare(parts)
    turns = InProcessWaker("turn", threads)
    engine = Engine(parts, turns)
    parts.understanding.follow()
    engine.start()
    collect_seldom()
    try:
        listen(celery_app(parts.settings), turns.wake)
    finally:
        engine.close()
        parts.close()


def listen(app: Celery, wake: Callable[[int], None]) -> None:
    """Hand the wakes that the broker brings to *wake*, until we are told to end.

    A broker that is down is waited for: half a minute after it is back at most, we
    hear of it.
    """

    def each(*conversation_ids: int) -> None:
        for conversation_id in conversation_ids:
            wake(conversation_id)

    app.task(name="wake")(each)
    app.worker_main(WORKER)


# A task only puts a number into a queue: it needs no pool.
WORKER = [
    "--quiet",
    "worker",
    "--pool=solo",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
    "--loglevel=warning",
]
