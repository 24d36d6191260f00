"""What the files of a built encoder are called."""

GRAPH, TOKENS = "encoder.onnx", "tokenizer.json"
