"""MiniLM as an ONNX graph: the numbers of a text's pieces in, one vector out.

Six layers of BERT (Devlin and others 2018, https://arxiv.org/abs/1810.04805), the mean
of what comes out, of length one. One text at a time: nothing is padded and nothing is
masked, and a vector owes nothing to the texts beside it.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

from intents.features import Floats
from intents.vectors.weights import Arrays

HEADS, EPSILON = 12, 1e-12
#: The opset with GELU in it, and the file format of its time: what runs it may be older
#: than what builds it.
_OPSET, _IR = 20, 9
_TABLE = "embeddings.word_embeddings.weight"


def build(weights: Arrays) -> ModelProto:
    """Return the model of these weights."""
    nodes = _Nodes(weights)
    found = _embedded(nodes)
    for layer in range(_layers(weights)):
        found = _layer(nodes, found, f"encoder.layer.{layer}.")
    _pooled(nodes, found)
    size = weights["embeddings.LayerNorm.bias"].shape[0]
    graph = helper.make_graph(
        nodes.nodes,
        "minilm",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [size])],
        nodes.constants,
    )
    opset = helper.make_opsetid("", _OPSET)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=_IR)
    checker.check_model(model)
    return model


class _Nodes:
    """The graph while it grows: each call adds a node and gives its result's name."""

    def __init__(self, weights: Arrays) -> None:
        self.weights = weights
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self._fresh = count()

    def add(self, kind: str, *inputs: str, name: str = "", **options: Any) -> str:
        """Add an operator; return the name of what comes out."""
        result = name or f"n{next(self._fresh)}"
        self.nodes.append(helper.make_node(kind, inputs, [result], **options))
        return result

    def constant(self, value: NDArray[np.generic] | Sequence[int]) -> str:
        """Add a constant; return its name."""
        name = f"c{next(self._fresh)}"
        array = np.ascontiguousarray(value)
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def dense(self, found: str, weight: Floats, bias: Floats) -> str:
        """Add a layer of PyTorch's, whose weights are outputs by inputs."""
        product = self.add("MatMul", found, self.constant(weight.T))
        return self.add("Add", product, self.constant(bias))

    def normal(self, found: str, name: str) -> str:
        """Add a normalisation of each piece."""
        scale, bias = (
            self.constant(self.weights[f"{name}.{kind}"]) for kind in ("weight", "bias")
        )
        return self.add("LayerNormalization", found, scale, bias, epsilon=EPSILON)


def _layers(weights: Arrays) -> int:
    return 1 + max(
        int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer.")
    )


def _embedded(nodes: _Nodes) -> str:
    """Return the vectors of the pieces and of their places."""
    table = nodes.weights[_TABLE]
    places = nodes.weights["embeddings.position_embeddings.weight"]
    places = places + nodes.weights["embeddings.token_type_embeddings.weight"][0]
    words = _words(nodes, table)
    begin, end = nodes.constant([0]), nodes.add("Shape", "ids")
    at = nodes.add("Slice", nodes.constant(places), begin, end)
    return nodes.normal(nodes.add("Add", words, at), "embeddings.LayerNorm")


def _words(nodes: _Nodes, table: Floats) -> str:
    """Return the vectors of the pieces from a table of eight bits.

    Each row has its own scale: with one for all, as quantisation gives a table, a
    vector is three times as far off.
    """
    small, scales = _in_eight_bits(table)
    rows = nodes.add("Gather", nodes.constant(small.astype(np.int8)), "ids")
    floats = nodes.add("Cast", rows, to=TensorProto.FLOAT)
    return nodes.add("Mul", floats, nodes.add("Gather", nodes.constant(scales), "ids"))


def _in_eight_bits(table: Floats) -> tuple[Floats, Floats]:
    """Return whole numbers up to 127, and what each row of them is multiplied with."""
    scales = (np.abs(table).max(axis=1, keepdims=True) / 127).astype(np.float32)
    return np.rint(table / np.maximum(scales, np.finfo(np.float32).tiny)), scales


def rounded(weights: Arrays) -> Arrays:
    """Return the weights as the graph has them."""
    small, scales = _in_eight_bits(weights[_TABLE])
    return {**weights, _TABLE: small * scales}


def _layer(nodes: _Nodes, found: str, name: str) -> str:
    """Add one layer: what the pieces make of each other, and then each of itself."""
    seen = _attention(nodes, found, f"{name}attention.")
    found = nodes.normal(
        nodes.add("Add", found, seen), f"{name}attention.output.LayerNorm"
    )
    wide = _dense(nodes, found, f"{name}intermediate.dense")
    thought = _dense(nodes, nodes.add("Gelu", wide), f"{name}output.dense")
    return nodes.normal(nodes.add("Add", found, thought), f"{name}output.LayerNorm")


def _dense(nodes: _Nodes, found: str, name: str) -> str:
    weights = nodes.weights
    return nodes.dense(found, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _attention(nodes: _Nodes, found: str, name: str) -> str:
    query, key, value = (
        _by_head(nodes, _dense(nodes, found, f"{name}self.{part}"), order)
        for part, order in (
            ("query", [1, 0, 2]),
            ("key", [1, 2, 0]),
            ("value", [1, 0, 2]),
        )
    )
    size = nodes.weights[f"{name}self.query.bias"].shape[0] // HEADS
    scale = nodes.constant(np.array(size**-0.5, np.float32))
    likeness = nodes.add("Mul", nodes.add("MatMul", query, key), scale)
    mixed = nodes.add("MatMul", nodes.add("Softmax", likeness, axis=-1), value)
    rows = nodes.add("Transpose", mixed, perm=[1, 0, 2])
    joined = nodes.add("Reshape", rows, nodes.constant([0, -1]))
    return _dense(nodes, joined, f"{name}output.dense")


def _by_head(nodes: _Nodes, found: str, order: Sequence[int]) -> str:
    apart = nodes.add("Reshape", found, nodes.constant([0, HEADS, -1]))
    return nodes.add("Transpose", apart, perm=order)


def _pooled(nodes: _Nodes, found: str) -> None:
    """Add the mean of the pieces, of length one, as what comes out."""
    first = nodes.constant([0])
    mean = nodes.add("ReduceMean", found, first, keepdims=0)
    length = nodes.add("ReduceL2", mean, first, keepdims=1)
    nodes.add("Div", mean, length, name="vector")
