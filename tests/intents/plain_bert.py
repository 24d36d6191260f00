"""BERT's six layers in plain numpy, in double precision: what the graph is held to."""

import math

import numpy as np

HEADS = 12
_erf = np.vectorize(math.erf)


def forward(weights, ids):
    """Return the mean vector of the pieces, of length one."""
    weights = {name: array.astype(float) for name, array in weights.items()}
    found = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: len(ids)]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    found = _normal(found, weights, "embeddings.LayerNorm")
    layers = {name.split(".")[2] for name in weights if ".layer." in name}
    for layer in range(len(layers)):
        name = f"encoder.layer.{layer}"
        seen = _dense(
            _attention(found, weights, f"{name}.attention.self"),
            weights,
            f"{name}.attention.output.dense",
        )
        found = _normal(found + seen, weights, f"{name}.attention.output.LayerNorm")
        wide = _gelu(_dense(found, weights, f"{name}.intermediate.dense"))
        thought = _dense(wide, weights, f"{name}.output.dense")
        found = _normal(found + thought, weights, f"{name}.output.LayerNorm")
    mean = found.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _dense(found, weights, name):
    return found @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _normal(found, weights, name):
    middle = found - found.mean(axis=1, keepdims=True)
    spread = np.sqrt((middle**2).mean(axis=1, keepdims=True) + 1e-12)
    return middle / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def _gelu(found):
    return 0.5 * found * (1 + _erf(found / math.sqrt(2)))


def _attention(found, weights, name):
    query, key, value = (
        _dense(found, weights, f"{name}.{part}").reshape(len(found), HEADS, -1)
        for part in ("query", "key", "value")
    )
    likeness = np.einsum("ihd,jhd->hij", query, key) / math.sqrt(query.shape[2])
    chances = np.exp(likeness - likeness.max(axis=2, keepdims=True))
    chances /= chances.sum(axis=2, keepdims=True)
    return np.einsum("hij,jhd->ihd", chances, value).reshape(len(found), -1)
