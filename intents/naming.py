"""How a model is called: by what it was made from, so that equal rows meet again.

Apart from training, so that whoever looks for a model need not load scikit-learn.
"""

import json
from hashlib import sha256

from intents.examples import Training
from intents.meanings import mark
from intents.storage import FORMAT

#: Goes up when the same rows would give another model. tests/intents hold a model
#: of this version to its scores.
CODE_VERSION = "16"
#: Among the figures of a model: how it would be called under thresholds of its own,
#: which tells what it was made from, whichever thresholds it has.
TAUGHT = "taught"


def name_of(training: Training, language: str = "en", *, under: str = "") -> str:
    """Return the name of the model that *training* gives: the same for the same.

    *under* names the model whose thresholds are borrowed.
    """
    content = [
        CODE_VERSION,
        FORMAT,
        language,
        mark(language),
        sorted({(one.text, one.intent) for one in training.examples}),
        sorted({(one.text, one.intent) for one in training.answers}),
        [(one.entity, one.expression) for one in training.patterns],
        sorted(training.synonyms.items()),
        under,
    ]
    encoder = training.encoder_of(language)
    if encoder is not None:
        content.append(encoder.name)
    return sha256(json.dumps(content).encode()).hexdigest()


def kept_name_of(training: Training, language: str, measured_as: str) -> str | None:
    """Return the name where thresholds of an older model were found to hold.

    Not that of the model in between: whichever way led here, it is the same.
    """
    if not measured_as:
        return None
    return name_of(training, language, under=f"held to {measured_as}")
