"""Everything that is true on this Messenger: Pages, customers, what they said."""

import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from emulator.bell import Bell
from emulator.clock import Clock
from emulator.options import Options, PageOptions
from emulator.payload import Payload, Upload
from emulator.refusals import Code

#: What a Page's app may subscribe to, of what we can send.
FIELDS = frozenset(
    {
        "business_integrity",
        "feed",
        "inbox_labels",
        "message_deliveries",
        "message_echoes",
        "message_edits",
        "message_reactions",
        "message_reads",
        "message_template_status_update",
        "messages",
        "messaging_account_linking",
        "messaging_feedback",
        "messaging_handovers",
        "messaging_optins",
        "messaging_optouts",
        "messaging_policy_enforcement",
        "messaging_postbacks",
        "messaging_referrals",
        "response_feedback",
        "standby",
    }
)

Reads = Literal["at_once", "shown", "never"]
SHOP = "Harbour Records"  # whose orders and events the demo has


@dataclass(slots=True)
class Item:
    """One bubble of a thread, whoever it is from."""

    author: Literal["customer", "page"]
    mid: str
    at: datetime
    #: What is shown: text, attachment(s), quick_replies, reply_to.
    message: Payload
    #: Its place among what the Page said, from 1; 0 for the customer's own.
    n: int = 0
    messaging_type: str | None = None
    tag: str | None = None
    app_id: str | None = None
    metadata: str | None = None
    status: Literal["sent", "delivered", "seen"] = "sent"
    reaction: str | None = None
    edits: int = 0
    unsent: bool = False
    #: When it last changed, in the world's count of changes.
    version: int = 0


@dataclass(slots=True)
class Customer:
    """A person on Messenger, as one Page knows them."""

    psid: str
    page_id: str
    name: str
    locale: str
    timezone: float
    reads: Reads = "at_once"
    blocked: bool = False
    #: May the Page read the profile? Meta answers {} where it may not.
    profile: bool = True
    #: What opened the 24-hour window last.
    acted_at: datetime | None = None
    items: list[Item] = field(default_factory=list)
    said: list[Item] = field(default_factory=list)
    unread: int = 0
    typing_until: float = 0.0
    read_at: datetime | None = None
    delivered_at: datetime | None = None
    version: int = 0
    #: Do phones and lists show them? Not people of the past, until there is news.
    listed: bool = True
    bell: Bell = field(default_factory=Bell)


@dataclass(slots=True)
class Template:
    """A utility template of one Page, in one language."""

    template_id: str
    name: str
    language: str
    category: str
    parameter_format: Literal["POSITIONAL", "NAMED"]
    components: list[Payload]
    status: str


@dataclass(slots=True)
class Page:
    """A Facebook Page, with all that its app set up on it."""

    page_id: str
    token: str
    name: str
    human_agent: bool
    sends_per_second: int
    #: What becomes of a new utility template.
    review: str = "APPROVED"
    #: Why the token no longer works, as Graph would say it.
    token_refusal: Code | None = None
    #: Whether the faults have broken the token, and not a script.
    token_broken: bool = False
    without_scopes: frozenset[str] = frozenset()
    published: bool = True
    restricted: bool = False
    #: Whom alone the Page may write to; None: everybody, the app is live.
    testers: frozenset[str] | None = None
    subscribed: set[str] = field(default_factory=lambda: set(FIELDS))
    profile: Payload = field(default_factory=dict)
    templates: dict[tuple[str, str], Template] = field(default_factory=dict)
    attachments: dict[str, Payload] = field(default_factory=dict)
    sent_at: deque[float] = field(default_factory=deque)
    media_sent_at: deque[float] = field(default_factory=deque)


@dataclass(slots=True)
class App:
    """The app that sends and is told."""

    secret: str
    #: Where its webhook is said to be; None: where the postman goes.
    callback_url: str | None = None
    fields: set[str] = field(default_factory=lambda: set(FIELDS))


class World:
    """One Messenger, from its start or the last reset on."""

    def __init__(self, options: Options, base_url: str) -> None:
        self.options = options
        self.base_url = base_url
        self.clock = Clock()
        self.app = App(options.app_secret)
        self.pages = {
            page.page_id: _page(page, options, number)
            for number, page in enumerate(options.pages)
        }
        self.customers: dict[str, Customer] = {}
        self.uploads: dict[str, Upload] = {}
        #: Rings at every change that somebody could see.
        self.bell = Bell()
        #: How many changes there were.
        self.version = 0

    def add(self, customer: Customer) -> None:
        """Let *customer* exist."""
        self.customers[customer.psid] = customer
        self.changed(customer)

    def changed(
        self, customer: Customer | None = None, item: Item | None = None
    ) -> None:
        """Note that a thread, or *item* in it, or the Page itself look different."""
        self.version += 1
        if customer is not None:
            customer.version = self.version
        if item is not None:
            item.version = self.version
        self.bell.ring()

    def shown(self, customer: Customer, item: Item) -> None:
        """Add *item* to the thread."""
        customer.items.append(item)
        customer.listed = True
        if item.author == "page":
            customer.said.append(item)
            item.n = len(customer.said)
            customer.unread += 1
            customer.typing_until = 0.0
            customer.bell.ring()
        self.changed(customer, item)

    def keep(self, upload: Upload) -> str:
        """Keep a file; return the URL under which everybody finds it."""
        upload_id = new_id()
        self.uploads[upload_id] = upload
        return f"{self.base_url}/media/{upload_id}"

    def item(self, customer: Customer, mid: str) -> Item | None:
        """Return the bubble with this *mid*; the newest are looked at first."""
        return next((i for i in reversed(customer.items) if i.mid == mid), None)


def new_mid() -> str:
    """Return an id for a message."""
    return "m_" + secrets.token_urlsafe(36)


def new_id(digits: int = 16) -> str:
    """Return an id of so many digits, as Graph gives them to everything else."""
    return str(secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1))


def _page(page: PageOptions, options: Options, number: int) -> Page:
    return Page(
        page_id=page.page_id,
        token=page.token,
        name=SHOP if number == 0 else f"{SHOP} {number + 1}",
        human_agent=options.human_agent,
        sends_per_second=options.sends_per_second,
    )
