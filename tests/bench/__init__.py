"""Benchmarks: what the house promises of speed, measured. Run by bin/bench, not by the tests."""
