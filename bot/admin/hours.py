"""The page of hours: when people are there, and what happens when nobody comes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot import closing, waiting
from bot.admin import hours_form
from bot.admin.home import blueprint
from bot.admin.hours_form import LONGEST_NAME, LONGEST_NOTE, MOST_SPANS, Form
from bot.store import attendance, audit, queue, satisfaction, staff_mails
from bot.store.attendance import Attendance
from bot.store.audit import Action
from bot.store.people import Role
from bot.tongue import english, lazy
from bot.web import times
from bot.web.access import needs
from bot.web.current import allowed, now, parts, staff, trace, within

#: For which marks are counted.
MONTH = timedelta(days=30)
NOTES = {
    "saved": lazy("Saved. It counts from now on, also for whoever waits already."),
    "same": lazy("Nothing was changed."),
    "restored": lazy("That version counts again, as a new one."),
}
MEANWHILE = lazy(
    "Somebody else has saved since you opened this page. Your entries are below and "
    "not saved: save again to put them in the place of theirs."
)


@blueprint.get("/hours")
@needs(Role.ADMIN)
def hours() -> ResponseReturnValue:
    """Show what counts, in the form that changes it."""
    return _page(hours_form.shown(_current(), parts().settings.zone))


@blueprint.post("/hours")
@needs(Role.ADMIN)
def change_hours() -> ResponseReturnValue:
    """Save what was typed, or show it again with what is wrong with it."""
    form = hours_form.sent(request.form).beside(_current())
    if request.form.get("act") == "copy":
        return _page(form.with_monday_copied(), copied=True)
    if form.problems:
        return _page(form, status=422)
    new = hours_form.read(form)
    if new == _current():
        return redirect("/admin/hours?note=same", 303)
    if not _saved(new, Action.HOURS_CHANGED):
        again = replace(form, version=_current().version)
        return _page(again, error=MEANWHILE, status=409)
    return redirect("/admin/hours?note=saved", 303)


@blueprint.post("/hours/versions/<int:version>/restore")
@needs(Role.ADMIN)
def restore_hours(version: int) -> ResponseReturnValue:
    """Let an older version count again."""
    with parts().database.read() as connection:
        old = attendance.find(connection, version)
    if old is None:
        abort(404)
    again = replace(old, version=_current().version)
    done = _saved(again, Action.HOURS_RESTORED, restored=version)
    return redirect(f"/admin/hours?note={'restored' if done else 'same'}", 303)


@blueprint.app_template_global("escalated")
def escalated() -> int:
    """Return for how many customers the admins are called, for a banner to them."""
    if not allowed(Role.ADMIN):
        return 0
    try:
        with parts().database.read() as connection:
            return queue.escalated(connection)
    except SQLAlchemyError:
        return 0  # the page of that very error has a banner too


def _current() -> Attendance:
    with parts().database.read() as connection:
        return attendance.current(connection, within())


def _saved(new: Attendance, action: Action, **details: Any) -> bool:
    """Save, and let what is due be due by it; False if somebody else was faster."""
    me, moment, by, wait = staff().id, now(), trace(), within()

    def job(connection: Connection) -> bool:
        old = attendance.current(connection, wait)
        number = attendance.save(connection, new, staff_id=me, now=moment)
        if number is None:
            return False
        waiting.replan(connection, new, moment)
        told = {"version": number, "changed": _changed(old, new), **details}
        audit.note(connection, by, action, **told)
        return True

    return parts().database.write(job)


def _changed(old: Attendance, new: Attendance) -> str:
    """Return what is another now, in words for the audit log."""
    pairs = {
        english("weekly hours"): (old.hours.week, new.hours.week),
        english("time zone"): (old.hours.zone, new.hours.zone),
        english("holidays"): (old.hours.holidays, new.hours.holidays),
        english("note to customers"): (old.hours.note, new.hours.note),
        english("ladder"): (old.ladder, new.ladder),
        english("silence"): (old.resume_after, new.resume_after),
        english("silence of customers"): (old.nudge_after, new.nudge_after),
        english("satisfaction"): (old.ask_after, new.ask_after),
    }
    changed = [name for name, (before, after) in pairs.items() if before != after]
    return "; ".join(changed) or english("nothing")


def _page(
    form: Form, *, status: int = 200, error: str | None = None, copied: bool = False
) -> Response:
    found = _current()
    with parts().database.read() as connection:
        versions = attendance.versions(connection)
        marks = satisfaction.marks(connection, now() - MONTH)
        mailed = len(staff_mails.receivers(connection))
    html = render_template(
        "admin/hours.html",
        form=form,
        days=times.weekdays(),
        zones=sorted(available_timezones()),
        most_spans=MOST_SPANS,
        longest_name=LONGEST_NAME,
        longest_note=LONGEST_NOTE,
        versions=versions,
        marks=marks,
        has_mail=parts().settings.shop.mail_url is not None,
        mailed=mailed,
        version=found.version,
        error=error,
        copied=copied,
        note=NOTES.get(request.args.get("note", "")),
        **_told(found),
    )
    return make_response(html, status)


def _told(found: Attendance) -> dict[str, Any]:
    """Return whether somebody is there now, and what a customer hears if nobody is."""
    hours, moment = found.hours, now()
    responses = parts().understanding.assistant.responses
    closes = hours.closes(moment)
    shut = moment if not hours.is_open(moment) else closes
    return {
        "is_open": hours.is_open(moment),
        "closes": closes,
        "opens": hours.opens(moment),
        "here": ZoneInfo(hours.zone),
        "heard": closing.words(responses, hours, shut) if shut else None,
    }
