"""What a picture that is kept is called: by its content and its kind.

Wherever an address of a picture may stand, such a name may: no address looks like it.
"""

import re

KINDS = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|gif)")


def is_name(text: object) -> bool:
    """Return whether a text is the name of a kept picture, there or not."""
    return isinstance(text, str) and _NAME.fullmatch(text) is not None


def media_type(name: str) -> str:
    """Return what a browser and Messenger call the kind of a picture."""
    return KINDS[name.rpartition(".")[2]]
