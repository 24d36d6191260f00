"""Seal what must not lie open in the database: tokens of Pages, addresses."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class SealError(Exception):
    """A sealed text can't be opened with this key."""


class Seal:
    """Seals and opens with a key derived from SECRET_KEY, one for each use."""

    def __init__(self, secret_key: str, use: bytes = b"frontdesk page token") -> None:
        digest = hashlib.sha256(use + secret_key.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(digest))

    def close(self, text: str) -> bytes:
        """Return *text* sealed."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Return what was sealed, or raise SealError."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealError(
                "a Page's token was sealed with another SECRET_KEY: "
                "set the old one, or set FACEBOOK_PAGE_ACCESS_TOKEN and start again"
            ) from None
