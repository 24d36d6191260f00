"""One Messenger: its world, its Graph API, its postman, from reset to reset."""

from emulator import connection
from emulator.clock import Clock
from emulator.faults import Faults
from emulator.graph import Graph
from emulator.options import Options
from emulator.payload import Payload
from emulator.postman import Postman
from emulator.subscriptions import Subscriptions
from emulator.world import World


class Messenger:
    """Everything there is, in one place, so that it can be swapped for a new one."""

    world: World
    postman: Postman
    graph: Graph

    def __init__(self, options: Options) -> None:
        self.options = options
        #: How we are reached; known once the server listens.
        self.base_url = ""
        self.begin()

    def begin(self) -> None:
        """Start afresh, as the options say."""
        self.world = World(self.options, self.base_url)
        subscriptions = Subscriptions(self.world.pages, self.world.app)
        self.postman = Postman(self.options.app_secret, self.world.clock, subscriptions)
        self.postman.move(self.options.webhook)
        self.graph = Graph(self.world, self.postman)

    def reset(self) -> None:
        """Forget all that happened."""
        old = self.world
        self.postman.close()
        self.begin()
        old.bell.ring()

    def suffer(self, faults: Faults) -> None:
        """Let *faults* be what goes wrong from now on."""
        connection.apply(self.world, self.postman, faults.connection)
        self.postman.suffer(faults)

    @property
    def clock(self) -> Clock:
        """Return the clock of the present world."""
        return self.world.clock

    def settings(self) -> Payload:
        """Return what an app needs to know to be this Messenger's app."""
        pages = self.options.pages
        return {
            "GRAPH_URL": self.base_url,
            "FACEBOOK_APP_ID": self.options.app_id,
            "FACEBOOK_APP_SECRET": self.world.app.secret,
            "FACEBOOK_VERIFY_TOKEN": self.options.verify_token,
            "FACEBOOK_PAGE_ID": ",".join(page.page_id for page in pages),
            "FACEBOOK_PAGE_ACCESS_TOKEN": ",".join(page.token for page in pages),
        }
