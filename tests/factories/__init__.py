"""Minimal rows for tests, a file an app."""
