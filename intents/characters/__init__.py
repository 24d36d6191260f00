"""Which simplified character stands for a traditional one?

Taiwan and Hong Kong write the traditional ones; both are read as the same.
"""

from importlib.resources import files


def _read() -> dict[int, str]:
    pairs = files(__name__).joinpath("traditional.txt").read_text(encoding="utf-8")
    return {ord(pair[0]): pair[1] for pair in pairs.splitlines()}


#: For `str.translate`.
SIMPLE = _read()
