"""Rasa projects come in and go out: training data, domain, rules, stories, tests."""
