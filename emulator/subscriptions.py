"""Which events our app gets: those the Page and the app are both subscribed to.

As in /{page}/subscribed_apps and /{app}/subscriptions.
"""

from collections.abc import Mapping

from emulator.events import Event
from emulator.world import App, Page


class Subscriptions:
    """The subscriptions of all Pages."""

    def __init__(self, pages: Mapping[str, Page], app: App) -> None:
        self._pages = pages
        self._app = app

    def wants(self, event: Event) -> bool:
        """Say whether *event* is to be sent; one without a field always is."""
        if self._app.callback_url is not None:
            return False
        page = self._pages.get(event.page_id)
        wanted = page is not None and event.field in page.subscribed & self._app.fields
        return not event.field or wanted

    def unsubscribe(self, page_id: str) -> None:
        """Forget what a Page was subscribed to, as Meta does after an hour in vain."""
        if page_id in self._pages:
            self._pages[page_id].subscribed.clear()
