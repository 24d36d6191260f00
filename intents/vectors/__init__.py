"""Texts as vectors of what they mean, where the extra `[embeddings]` is installed.

Without it nothing here loads anything, and nothing that answers is different.
"""
