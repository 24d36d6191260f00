"""Measurements: one module a benchmark, each prints JSON and a table."""
