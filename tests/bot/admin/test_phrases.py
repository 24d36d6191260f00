"""Where phrasings stand already, which every saving of an entry asks."""

import time
from operator import itemgetter

from bot.admin import phrases
from bot.store import faq


def test_phrasings_of_entries_that_stay_as_they_were_are_read_once(parts):
    def seconds():
        with parts.database.read() as connection:
            entries = faq.entries(connection)
        began = time.process_time()
        found = phrases.taken(entries, {}, ())
        return time.process_time() - began, found

    phrases._all_alike.cache_clear()
    first, at_first = seconds()
    later, places = min((seconds() for _ in range(3)), key=itemgetter(0))
    assert later < first / 4
    assert places == at_first
    assert places[phrases.alike("What are your opening hours?")].entry == (
        "opening_hours"
    )
