"""What finds the weights of a model."""

from enum import StrEnum


class Learner(StrEnum):
    """One of two: the words that stand in model files."""

    #: One machine an intent, each by itself (see `intents.solving`).
    MACHINES = "machines"
    #: All intents at once, each against the others (see `intents.logistic`).
    LOGISTIC = "logistic"
