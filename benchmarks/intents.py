"""How well are the intents of other people's assistants understood, against targets?

    python -m benchmarks.intents [--only NAME ...] [--embeddings] [--json]

One table: each figure beside its target. Each set is learnt from its training rows as a
shop's own phrasings are, and asked rows it was not taught; nothing is chosen by them.
Shares are in per cent. BANKING77 and SOF Mattress are asked their test rows, the others
their validation rows (their test rows are not here); retail_multi, of which only
training rows are here, each third of its phrasings when the others and our starter
packs are known. `pooled` are the sets that answer by themselves at 98 %, together: of
at least 400 answers Wilson's lower bound of how many are right has a target; of fewer,
how much is answered is told alone. `serving` is what a model of 1,000 phrasings costs.
`--only` takes some sets; CLINC150's confidence takes ten minutes of processor. With
`--embeddings` the English sets are learnt with vectors of what they mean as well
(docs/embeddings.md), against targets of their own, and what a vector costs is measured.
Exit status 1 if a target is missed.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping

from scipy.stats import binom

from benchmarks import labelled_intents as sets
from benchmarks import serving as served
from benchmarks.figure import Answers, Figure, pooled
from benchmarks.labelled import ROOT, MissingError
from benchmarks.report import against, table
from intents.evaluation import evaluate, share_understood
from intents.examples import Training
from intents.vectors.encoder import Encoder
from intents.vectors.encoder import found as find

#: What may be wrong of all answers at 98 %, and how surely no more than by chance.
WRONG, SURE = 0.025, 0.95


def main() -> int:
    """Print the figures; return 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=["cost", *MEASURED])
    parser.add_argument("--embeddings", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, list[Figure]] = {}
    try:
        measured = encoded(_encoder()) if options.embeddings else MEASURED
        if unknown := {*(options.only or ())} - {*measured}:
            parser.error(f"not measured so: {', '.join(sorted(unknown))}")
        for name in options.only or measured:
            found[name] = list(measured[name]())
            print(f"{name} is measured", file=sys.stderr)
        found |= pooled(found)
    except MissingError as error:
        print(f"benchmarks.intents: {error}", file=sys.stderr)
        return 1
    print(json.dumps(_json(found)) if options.json else _table(found))
    return 0 if all(one.is_met for some in found.values() for one in some) else 1


def banking77(encoder: Encoder | None = None) -> Iterator[Figure]:
    """Yield accuracy with all rows, and with ten and five an intent."""
    test = sets.read("banking77/test.csv")
    for name, file, target, encoded_target, hoped in (
        ("accuracy", "train", 92.0, 94.3, 93.5),
        ("accuracy, 10 an intent", "fsid_train_10", 78.0, 87.2, None),
        ("accuracy, 5 an intent", "fsid_train_5", 65.0, 80.9, None),
    ):
        seen = 100 * share_understood(_taught(f"banking77/{file}.csv", encoder), test)
        if encoder is None:
            yield Figure(name, seen, target, hoped=hoped)
        else:
            yield Figure(name, seen, encoded_target)


def _taught(path: str, encoder: Encoder | None) -> Training:
    return Training(sets.read(path), encoder=encoder)


def sofmattress(encoder: Encoder | None = None) -> Iterator[Figure]:
    """Yield what a real shop's messages come to, with no foreign row taught."""
    found = evaluate(
        _taught("hint3_sofmattress/train_v2.csv", encoder),
        sets.read("hint3_sofmattress/test_v2.csv"),
        sets.read("hint3_sofmattress/oos_test_v2.csv"),
        precision=0.98,
    )
    answers = Answers.of(found)
    count = answers.right.of
    allowed = int(binom.ppf(SURE, count, WRONG)) if count else 0
    yield Figure("accuracy", 100 * found.accuracy, 79.0)
    answered = 100 * found.answered_share
    yield Figure("answered at 98 %", answered, 25.0, answers=answers)
    wrong = count - answers.right.count
    yield Figure(f"wrong of {count} answers", wrong, allowed, at_least=False)


def clinc150(encoder: Encoder | None = None) -> Iterator[Figure]:
    """Yield accuracy, and how well confidence tells what belongs to no intent."""
    found = evaluate(
        _taught("clinc150/train.csv", encoder),
        sets.read("clinc150/val.csv"),
        sets.read("clinc150/oos_val.csv"),
    )
    accuracy, auroc = (93.5, 95.5) if encoder is None else (96.9, 97.5)
    yield Figure("accuracy", 100 * found.accuracy, accuracy)
    yield Figure("AUROC x 100", 100 * (found.auroc or 0.0), auroc)
    answered = 100 * found.answered_share
    yield Figure("answered at 98 %", answered, None, answers=Answers.of(found))


def arbanking77() -> Iterator[Figure]:
    """Yield accuracy with all rows, and with ten an intent asked as people type."""
    train = sets.read("arbanking77/train_msa_pal.csv")
    test = sets.read("arbanking77/val_msa_pal.csv")
    seen = share_understood(Training(train), test, "ar")
    yield Figure("accuracy", 100 * seen, 90.0, hoped=92.0)
    few, typed = sets.some(train, 10), sets.as_typed(test)
    seen = share_understood(Training(few), typed, "ar")
    yield Figure("accuracy, 10 an intent, misspelt", 100 * seen, 65.0)


def xsid() -> Iterator[Figure]:
    """Yield accuracy over four languages, each half learnt and the other asked."""
    seen = []
    for language in ("en", "ar", "zh", "de"):
        rows = sets.read(f"xsid/{language}_valid.csv")
        seen += [
            share_understood(Training(taught), asked, language)
            for taught, asked in sets.halves(rows)
        ]
    yield Figure("accuracy, mean", 100 * sum(seen) / len(seen), 93.0, hoped=95.0)


def snips() -> Iterator[Figure]:
    """Yield what is lost to misspelt messages, in points."""
    training = Training(sets.read("snips_typos/en_clean_train.csv"))
    clean, typos = (
        share_understood(training, sets.read(f"snips_typos/en_{kind}_test.csv"))
        for kind in ("clean", "typos")
    )
    lost = 100 * (clean - typos)
    yield Figure("points lost to misspelling", lost, 3.0, at_least=False)


def retail_multi() -> Iterator[Figure]:
    """Yield accuracy over five languages, our starter packs and two thirds known."""
    right = rows = 0
    for language, taught, asked in sets.retail():
        right += round(len(asked) * share_understood(Training(taught), asked, language))
        rows += len(asked)
    yield Figure("accuracy", 100 * right / rows, 75.0, hoped=90.0)


def serving() -> Iterator[Figure]:
    """Yield what a model of 1,000 phrasings costs a process that serves with it."""
    for name, seen, most in served.measured():
        yield Figure(name, seen, most, at_least=False)


MEASURED: Mapping[str, Callable[[], Iterator[Figure]]] = {
    one.__name__: one
    for one in (
        banking77,
        sofmattress,
        clinc150,
        arbanking77,
        xsid,
        snips,
        retail_multi,
        serving,
    )
}


def encoded(encoder: Encoder) -> Mapping[str, Callable[[], Iterator[Figure]]]:
    """Return the sets that vectors are for, and what they cost."""
    return {
        "cost": lambda: _cost(encoder),
        "banking77": lambda: banking77(encoder),
        "sofmattress": lambda: sofmattress(encoder),
        "clinc150": lambda: clinc150(encoder),
    }


def _encoder() -> Encoder:
    found = find(ROOT / "build" / "vectors")
    if found is None:
        raise MissingError("the extra is missing: run `make install-embeddings`")
    found.get_ready()
    return found


def _cost(encoder: Encoder) -> Iterator[Figure]:
    """Yield the milliseconds of processor that the vector of a message takes."""
    texts = [one.text for one in sets.read("banking77/test.csv")[:1000]]
    encoder.encode("the first loads what encodes")
    times = []
    for text in texts:
        began = time.process_time_ns()
        encoder.encode(text)
        times.append((time.process_time_ns() - began) / 1e6)
    ordered = sorted(times)
    yield Figure("ms a message, half", ordered[500], 5, at_least=False)
    yield Figure("ms a message, 99 of 100", ordered[990], 13, at_least=False)


def _json(found: Mapping[str, list[Figure]]) -> dict[str, dict[str, object]]:
    return {
        name: {
            one.name: {
                "seen": round(one.seen, 2),
                "target": one.target,
                "met": one.is_met,
            }
            for one in some
        }
        for name, some in found.items()
    }


def _table(found: Mapping[str, list[Figure]]) -> str:
    rows = [
        (
            name,
            one.name,
            f"{one.seen:.1f}",
            *_beside(one),
            "" if one.hoped is None else f"{one.hoped:g}",
        )
        for name, some in found.items()
        for one in some
    ]
    return table(["set", "figure", "seen", "target", "", "hoped for"], rows)


def _beside(one: Figure) -> tuple[str, str]:
    """Return the target of a figure, and whether it is met."""
    if one.target is None:
        return "", ""
    sign = ">=" if one.at_least else "<="
    met = against(one.seen, one.target, at_least=one.at_least)
    return f"{sign} {one.target:g}", met


if __name__ == "__main__":
    sys.exit(main())
