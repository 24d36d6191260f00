"""The line between Facebook and us: all that the checks go by."""

from dataclasses import dataclass
from datetime import datetime

from bot.messenger.client import Access, Graph
from bot.messenger.profile import Profile
from bot.settings import OurPage, Settings
from bot.store.database import Database

PATIENCE = 8.0  # seconds for an answer; somebody waits before a page


@dataclass(frozen=True, kw_only=True)
class Line:
    """One Page, one app, one address, at one moment."""

    settings: Settings
    ours: OurPage
    graph: Graph
    database: Database
    profile: Profile
    now: datetime
    #: A file of certificates to trust besides those of the public authorities.
    authorities: str | None = None

    @property
    def page(self) -> Access:
        """Return who we are to Facebook for the Page."""
        secret = self.settings.app_secrets[0]
        return Access(self.ours.page_id, self.ours.token, secret)

    @property
    def page_id(self) -> str:
        """Return the Page's id."""
        return self.ours.page_id

    @property
    def app(self) -> Access:
        """Return who we are to Facebook as the app itself."""
        return app_access(self.settings.app_id, self.settings.app_secrets[0])

    @property
    def url(self) -> str:
        """Return where Facebook brings what happens."""
        return f"{self.settings.base_url}/webhook"

    @property
    def listens(self) -> str:
        """Return where we listen on this machine."""
        return f"{self.settings.host}:{self.settings.port}"


def app_access(app_id: str, app_secret: str) -> Access:
    """Return who an app is to Facebook.

    https://developers.facebook.com/docs/facebook-login/guides/access-tokens#apptokens
    """
    return Access(app_id, f"{app_id}|{app_secret}", app_secret)


def patient_graph(settings: Settings) -> Graph:
    """Return a Graph that does not let anybody wait long."""
    return Graph(settings.graph_url, settings.graph_version, PATIENCE)
