"""Whole commands timed beside their peers, on the same files in the same run, as ratios.

``make bench`` runs all; ``python -m tests.benchmarks gettext build`` runs some. Figures are
printed as a table and written as JSON to ``build/bench.json``. Nothing here is a test: a
machine's speed is no promise, a ratio on one machine is.
"""
