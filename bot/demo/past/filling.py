"""Fill the demo's tables with its past, once."""

from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.demo.past import composing, keeping, tongues
from bot.demo.past.composing import Moment
from bot.demo.past.keeping import Past
from bot.demo.past.rows import Page
from bot.wiring import Parts


def fill(parts: Parts) -> None:
    """Write down a thousand conversations, unless they are there already."""
    settings, now = parts.settings, parts.clock()
    model = parts.understanding.assistant.model
    thresholds = dict(model.thresholds)
    cast = tongues.load()
    moment = Moment(now=now, zone=ZoneInfo(settings.zone))
    stories = composing.compose(cast, parts.content, moment, thresholds)
    past = Past(
        page=Page(
            page_id=settings.page_id,
            model=parts.understanding.model_name,
            thresholds=thresholds,
            now=now,
        ),
        cast=cast,
        stories=stories,
        began=stories[0].lines[0].at,
    )

    def job(connection: Connection) -> None:
        if not keeping.is_kept(connection, settings.page_id, stories):
            keeping.keep(connection, past)

    parts.database.write(job)
