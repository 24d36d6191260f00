"""Does anybody see an order that is not theirs, and does everybody see their own?

    python -m benchmarks.lookups [--json] [--wrong 10000] [--right 1000]
        [--pairs 1000] [--of tables shopify woocommerce rest own] [--prove]

Orders in our own tables and in each of the shops on the network, played by contract
servers on loopback that take 30 ms longer where there is an order, or asked by a
Python file that does. Wrong proofs,
guessed numbers, injection strings, and attacks on single orders (with e-mail
addresses, and with every postcode until the right one) are mixed with what owners
ask. Attackers write from so many accounts that none of them is stopped as a
customer. Then pairs of an unknown number and a wrong proof, one after the other, are
held against the clock.

It proves itself first: with the comparison, the count or the pace taken out, the
figures must turn red. ``--prove`` does only that.
"""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict

import structlog

from benchmarks.lookups.measuring import Figures, measure
from benchmarks.lookups.sabotage import prove
from benchmarks.lookups.shops import KINDS
from benchmarks.report import table


def rows(found: Sequence[Figures]) -> str:
    """Return the figures as a table, each target beside its figure."""
    columns = ["shop", "leaks (0)", "own orders answered (99.5 %)", "to a person"]
    columns += ["failed", "unknown ms", "wrong ms", "medians apart (5 ms)"]
    return table(
        [*columns, "p95s apart (5 ms)", "unknown took longer"],
        [
            [
                one.kind,
                f"{one.leaks} of {one.wrong} {one.verdicts['leaks']}",
                f"{one.answered} of {one.right} {one.verdicts['answered']}",
                one.to_a_person,
                one.failed,
                one.unknown_ms,
                one.wrong_ms,
                f"{one.medians_apart_ms} {one.verdicts['medians']}",
                f"{one.p95s_apart_ms} {one.verdicts['p95s']}",
                one.unknown_took_longer,
            ]
            for one in found
        ],
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--right", type=int, default=1000)
    parser.add_argument("--wrong", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--of", nargs="*", choices=KINDS, default=KINDS)
    parser.add_argument("--seed", default="lookups")
    parser.add_argument("--prove", action="store_true", help="only prove the harness")
    return parser.parse_args()


def main() -> int:
    """Prove, measure, print, and return 1 if a target is missed."""
    options = _options()
    # Each refusal is logged: thousands are meant to be.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL)
    )
    proofs = prove(options.seed)
    found = []
    for kind in () if options.prove else options.of:
        print(f"{kind} ...", file=sys.stderr)
        sizes = options.right, options.wrong, options.pairs
        found.append(measure(kind, *sizes, options.seed))
    if options.json:
        print(json.dumps({"proofs": proofs, "shops": [asdict(one) for one in found]}))
    else:
        for one in proofs:
            word = "as it must be" if one["holds"] else "NOT as it must be"
            print(f"without {one['without']}: red {one['red']}, {word}")
        print(rows(found) if found else "")
    holds = all(one["holds"] for one in proofs) and all(one.holds for one in found)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
