"""The FAQ as a file to take away: what one language says of it, in Rasa's YAML."""

from collections.abc import Sequence

from flask import Response, abort, make_response

from bot import curriculum, faq_files
from bot.admin.home import blueprint
from bot.store import knowledge
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.people import Role
from bot.web.access import needs
from bot.web.current import parts


@blueprint.get("/faq/<language>.yml")
@needs(Role.EDITOR)
def export_faq(language: str) -> Response:
    """Give the questions in use, drafts too, as they would be read from a file."""
    content = parts().content
    if language not in content.languages:
        abort(404)
    with parts().database.read() as connection:
        entries = knowledge.faq(connection)
    said = {one.name: spoken(one, language) for one in entries}
    answer = make_response(faq_files.written(entries, said, language))
    answer.headers["Content-Type"] = "application/yaml; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{language}.yml"'
    return answer


def spoken(entry: Faq | Version, language: str) -> Sequence[str]:
    """Return the phrasings of a language.

    Those that may be of any stand first but in the shop's own: files are read one
    after the other, and so they are in the same order then.
    """
    identifier = parts().content.identifier
    homes: dict[str, list[str]] = {}
    for code, phrase in curriculum.apart([*dict.fromkeys(entry.phrasings)], identifier):
        homes.setdefault(phrase, []).append(code)
    mine = [phrase for phrase, codes in homes.items() if language in codes]
    if language == parts().content.language:
        return mine
    return sorted(mine, key=lambda phrase: len(homes[phrase]) == 1)
