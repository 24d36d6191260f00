"""What goes wrong on purpose, as `POST /api/faults` says it.

Each POST replaces all faults there were; `{}` clears them. The keys:

graph: a list of faults of the Graph API (one may stand without the list). Each has
  do: what happens instead of a proper answer
    error: an error of Graph with `code`, `subcode`, `message` and, with
      `transient`: true, the mark is_transient
    status: a bare HTTP `status`, such as 503, with an HTML page
    hang: nothing for `seconds`; then the answer, or an end if not accepted
    reset_before_reading: the connection is reset before the body is read
    reset_after_accept: the connection is reset in place of the answer
    html, empty: 200 with an HTML page, or with nothing
    truncated: 200 with half of the JSON, its length told honestly
    cut: 200 that promises the whole answer; the connection ends after half
    no_message_id: 200 without the message_id
  accept: whether the message is taken and delivered all the same; false for error,
    status and reset_before_reading if not given, true for the others
  code, subcode, message, transient: of an error (1 and the text that goes with it)
  status: of the answer (400 for an error, 503 for a bare status)
  seconds: how long to hang (60)
  count: how many requests it meets before it is over; without it, all of them
  probability: the chance that it meets a request, from 0 to 1
  customer: meets only requests for this PSID
  text: meets only messages that contain this
  on: what it meets: send (a message; if not given), action (typing_on, mark_seen),
    profile (a customer's), template, other, any. A reset_before_reading without
    customer, text and on is decided before the body is read, and so meets
    messages and actions alike

webhook: an object; what happens on the way to the webhook
  duplicates: each POST that got its 200 comes so many times more (0 to 5)
  batch: so many events make one POST (1 to 1000)
  batch_wait_s: an incomplete batch goes after so long (0.5)
  reorder_s: each event waits for up to so long, in no order
  delay_s: each event waits for so long, in order
  silence: hold keeps all events back until the faults are cleared; lose drops them
  deadline_s: how long the webhook may take to answer (5)
  tries_at_once: failed POSTs are repeated so many times at once (3),
  pause_s, longest_pause_s: then after a pause that doubles (0.25, up to 5),
  give_up_s: until so much has passed (3600); then the Page is unsubscribed

echoes, deliveries, reads: objects; what becomes of these events
  off: true: there are none
  delay_s: they come so much later
  times: each comes so many times (1)
  before_response: true: they are posted before Graph answers the send

connection: an object; what is wrong between the Page and its app. The subscription
  and the profile are broken once and can be mended by Graph; the rest stays broken
  until the faults are cleared
  app_secret: reset gives the app another secret (GET /api/settings shows it)
  token: invalid, expired, password_changed or role_lost; valid is as usual
  without_scopes: a list of permissions that the token was not granted
  webhook: unreachable; neither handshakes nor events get through
  signature: another_app; events are signed with the secret of another app
  subscription: removed takes the Page's fields away, elsewhere has the app's
    webhook at another address
  profile: removed takes Get Started, greeting and menu away
  page: unpublished, or restricted, which may not send
  mode: development; only those of the list testers (of PSIDs) can be written to

seed: of all chance in here, to see the same faults again
"""

import http
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from emulator.payload import Payload
from emulator.records import record

Doing = Literal[
    "error",
    "status",
    "hang",
    "reset_before_reading",
    "reset_after_accept",
    "html",
    "empty",
    "truncated",
    "cut",
    "no_message_id",
]
TokenState = Literal["valid", "invalid", "expired", "password_changed", "role_lost"]
Kind = Literal["send", "action", "profile", "template", "upload", "other"]
STATUSES = frozenset(status.value for status in http.HTTPStatus)
REFUSING = ("error", "status", "reset_before_reading")


@dataclass(slots=True, kw_only=True)
class GraphFault:
    """One way in which Graph misbehaves, and when."""

    do: Doing
    accept: bool | None = None
    code: int = 1
    subcode: int | None = None
    message: str = ""
    transient: bool = False
    status: int | None = None
    seconds: float = 60
    count: int | None = None
    probability: float = 1
    customer: str | None = None
    text: str | None = None
    on: Kind | Literal["any"] | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise ValueError("a probability goes from 0 to 1")
        if self.seconds < 0 or (self.count or 0) < 0:
            raise ValueError("neither seconds nor count may be negative")
        if self.status is not None and self.status not in STATUSES:
            raise ValueError(f"{self.status} is no status of HTTP")

    @property
    def accepts(self) -> bool:
        """Say whether the message is taken all the same."""
        return self.do not in REFUSING if self.accept is None else self.accept

    @property
    def unread(self) -> bool:
        """Say whether it strikes before the body is read."""
        matched = self.customer or self.text or self.on
        return self.do == "reset_before_reading" and not matched

    def meets(self, kind: Kind, psid: str, text: str) -> bool:
        """Say whether a request of this kind, for this customer, is meant."""
        return (
            (self.on or "send") in (kind, "any")
            and self.customer in (None, psid)
            and (self.text is None or self.text in text)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookFaults:
    """What happens to events on their way to the webhook."""

    duplicates: int = 0
    batch: int = 1
    batch_wait_s: float = 0.5
    reorder_s: float = 0
    delay_s: float = 0
    silence: Literal["no", "hold", "lose"] = "no"
    deadline_s: float = 5
    tries_at_once: int = 3
    pause_s: float = 0.25
    longest_pause_s: float = 5
    give_up_s: float = 3600

    def __post_init__(self) -> None:
        if not (0 <= self.duplicates <= 5 and 1 <= self.batch <= 1000):
            raise ValueError("duplicates go from 0 to 5, a batch from 1 to 1000")
        times = (self.batch_wait_s, self.reorder_s, self.delay_s, self.deadline_s)
        if min(*times, self.pause_s, self.longest_pause_s, self.give_up_s) < 0:
            raise ValueError("no time in webhook may be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFaults:
    """What becomes of echoes, deliveries or reads."""

    off: bool = False
    delay_s: float = 0
    times: int = 1
    before_response: bool = False

    def __post_init__(self) -> None:
        if self.delay_s < 0 or self.times < 0:
            raise ValueError("neither delay_s nor times may be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionFaults:
    """What is wrong between the Page and its app."""

    app_secret: Literal["reset"] | None = None
    token: TokenState | None = None
    without_scopes: list[str] = field(default_factory=list)
    webhook: Literal["unreachable"] | None = None
    signature: Literal["another_app"] | None = None
    subscription: Literal["removed", "elsewhere"] | None = None
    profile: Literal["removed"] | None = None
    page: Literal["unpublished", "restricted"] | None = None
    mode: Literal["development"] | None = None
    testers: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Faults:
    """All that goes wrong now."""

    graph: list[GraphFault] = field(default_factory=list)
    webhook: WebhookFaults = field(default_factory=WebhookFaults)
    echoes: ReceiptFaults = field(default_factory=ReceiptFaults)
    deliveries: ReceiptFaults = field(default_factory=ReceiptFaults)
    reads: ReceiptFaults = field(default_factory=ReceiptFaults)
    connection: ConnectionFaults = field(default_factory=ConnectionFaults)
    chance: random.Random = field(default_factory=random.Random)

    def pick(self, kind: Kind, psid: str, text: str) -> GraphFault | None:
        """Return the first fault that meets this request, and count it."""
        fitting = [f for f in self.graph if not f.unread and f.meets(kind, psid, text)]
        return self._struck(fitting)

    def pick_unread(self, path: str) -> GraphFault | None:
        """Return the fault that meets a send before its body is read."""
        if not self.graph or not path.endswith("/messages"):
            return None
        return self._struck([fault for fault in self.graph if fault.unread])

    def _struck(self, fitting: Sequence[GraphFault]) -> GraphFault | None:
        for fault in fitting:
            if fault.count != 0 and self.chance.random() < fault.probability:
                fault.count = None if fault.count is None else fault.count - 1
                return fault
        return None

    def to_json(self) -> Payload:
        """Return the faults that are left, with what was not given."""
        everything = asdict(self)
        del everything["chance"]
        return everything


def parse(given: Payload) -> Faults:
    """Return the faults *given* asks for; ValueError says what is wrong with them."""
    wishes = record(_Wishes, given, "the faults")
    graph = wishes.graph if isinstance(wishes.graph, list) else [wishes.graph]
    return Faults(
        graph=[record(GraphFault, fault, "a fault of graph") for fault in graph],
        webhook=record(WebhookFaults, wishes.webhook, "webhook"),
        echoes=record(ReceiptFaults, wishes.echoes, "echoes"),
        deliveries=record(ReceiptFaults, wishes.deliveries, "deliveries"),
        reads=record(ReceiptFaults, wishes.reads, "reads"),
        connection=record(ConnectionFaults, wishes.connection, "connection"),
        chance=random.Random(wishes.seed),  # noqa: S311 - repeatable, not secret
    )


@dataclass(slots=True, kw_only=True)
class _Wishes:
    """The body of a POST, section by section."""

    graph: list[Payload] | Payload = field(default_factory=list)
    webhook: Payload = field(default_factory=dict)
    echoes: Payload = field(default_factory=dict)
    deliveries: Payload = field(default_factory=dict)
    reads: Payload = field(default_factory=dict)
    connection: Payload = field(default_factory=dict)
    seed: int | None = None
