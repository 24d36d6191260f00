"""Is this code right, and was it never used? Counted before it is looked at."""

from enum import StrEnum

import structlog
from sqlalchemy import Connection

from bot.account import totp, tries
from bot.store import attempts, factors
from bot.store.factors import Factor
from bot.store.sealing import SealError
from bot.tongue import english
from bot.web.current import parts

log = structlog.get_logger()

LONGEST = 64


class Proof(StrEnum):
    """What a code turned out to be."""

    NONE = "nothing"
    APP = "code"
    RECOVERY = english("recovery code")


def wait(login: str) -> float | None:
    """Count one try; return None, or the seconds until one is allowed again."""
    limited = tries.code_limits(login)
    return parts().database.write(lambda c: attempts.count(c, limited))


def use(staff_id: int, login: str, given: str) -> Proof:
    """Use a code of the app, or a recovery code; a right one is worth no second."""
    plain = totp.plain(given[:LONGEST])
    step = step_of(staff_id, plain)
    limited = tries.own(tries.code_limits(login))

    def job(connection: Connection) -> Proof:
        found = Proof.NONE
        if step is not None and factors.use_step(connection, staff_id, step):
            found = Proof.APP
        elif factors.use_recovery_code(connection, staff_id, plain):
            found = Proof.RECOVERY
        if found is not Proof.NONE:
            attempts.forget(connection, limited)
        return found

    return parts().database.write(job)


def step_of(staff_id: int, given: str) -> int | None:
    """Return the time step whose code was given, if it is one of the app's."""
    with parts().database.read() as connection:
        factor = factors.find(connection, staff_id)
    secret = None if factor is None else opened(factor)
    if factor is None or secret is None:
        return None
    return totp.step_of(secret, totp.plain(given[:LONGEST]), factor.seconds)


def opened(factor: Factor) -> str | None:
    """Return a secret; None if SECRET_KEY is another by now.

    Recovery codes still work then, and an admin can take the factor away.
    """
    try:
        return parts().seal.open(factor.secret)
    except SealError:
        log.error("second_factor_sealed_with_another_key")
        return None
