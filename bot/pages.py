"""All pages of the application: their blueprints, and what every page needs."""

from types import ModuleType

from flask import Flask

from bot.account import (
    audit_log,
    factor,
    invitations,
    language,
    mailed,
    new_links,
    people,
    second_step,
    sign_in,
    start,
)
from bot.account import pages as account_pages
from bot.admin import (
    arranging,
    canned,
    check,
    connect,
    exporting,
    faq,
    history,
    home,
    hours,
    importing,
    labels,
    one_wording,
    picturing,
    pins,
    preview,
    proposing,
    raised,
    review,
    satisfaction,
    scripts,
    sureness,
    taught,
    teach,
    trying,
    trying_wording,
    undertakings,
    wording,
)
from bot.inbox import (
    acts,
    aside,
    attached,
    composing,
    drafting,
    emoji,
    here,
    labelling,
    lined,
    noting,
    ordering,
    passing,
    pictures,
    words,
)
from bot.inbox import pages as inbox_pages
from bot.web import setup

#: Every module with routes: naming them here is what imports them.
ROUTES: tuple[ModuleType, ...] = (
    start,
    sign_in,
    second_step,
    account_pages,
    factor,
    language,
    mailed,
    people,
    new_links,
    invitations,
    audit_log,
    inbox_pages,
    acts,
    aside,
    attached,
    composing,
    drafting,
    emoji,
    labelling,
    lined,
    noting,
    ordering,
    passing,
    pictures,
    here,
    words,
    home,
    preview,
    faq,
    exporting,
    arranging,
    check,
    trying,
    sureness,
    raised,
    proposing,
    picturing,
    pins,
    review,
    satisfaction,
    scripts,
    history,
    taught,
    teach,
    wording,
    one_wording,
    trying_wording,
    labels,
    canned,
    connect,
    hours,
    importing,
    undertakings,
)


def add(app: Flask) -> None:
    """Put all pages into *app*."""
    setup.prepare(app)
    for blueprint in dict.fromkeys(module.blueprint for module in ROUTES):
        app.register_blueprint(blueprint)
