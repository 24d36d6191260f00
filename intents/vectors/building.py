"""Build the encoder from the weights, once, in a process of its own.

    python -m intents.vectors.building DIRECTORY

Multiplications are of eight bits, each column with its own scale, in a range that
leaves older processors room: whole tables with one scale cost two points of accuracy
at ten examples an intent. The directory appears whole or not at all.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from intents.vectors import graph
from intents.vectors.files import GRAPH, TOKENS
from intents.vectors.weights import Weights, WeightsError


def build(weights: Weights, folder: Path) -> None:
    """Put what serves below *folder*, unless it is there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        quantise(graph.build(weights.arrays()), draft / GRAPH)
        shutil.copyfile(weights.tokens, draft / TOKENS)
        draft.rename(folder)
    except OSError:
        # Somebody else built the same first.
        if not (folder / GRAPH).exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def quantise(model: onnx.ModelProto, path: Path) -> None:
    """Write the model with weights of eight bits."""
    quantize_dynamic(
        model,
        path,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def main() -> int:
    """Build below the directory that is named; return the exit status."""
    weights = Weights.found()
    try:
        if weights is None:
            raise WeightsError("the weights are not installed")
        build(weights, Path(sys.argv[1]))
    except (WeightsError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
