"""Which events our app gets: those a Page is subscribed to, as in /subscribed_apps."""

from collections.abc import Mapping

from emulator.events import Event
from emulator.world import Page


class Subscriptions:
    """The subscriptions of all Pages."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = pages

    def wants(self, event: Event) -> bool:
        """Say whether *event* is to be sent; one without a field always is."""
        page = self._pages.get(event.page_id)
        return not event.field or (page is not None and event.field in page.subscribed)

    def unsubscribe(self, page_id: str) -> None:
        """Forget what a Page was subscribed to, as Meta does after an hour in vain."""
        if page_id in self._pages:
            self._pages[page_id].subscribed.clear()
