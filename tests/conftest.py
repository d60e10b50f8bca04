"""Fixtures that all tests share."""

from hypothesis import settings

from tests.checking import check

# Machines differ, and others run beside: how long one example takes says nothing.
# `make test` draws the same examples each time, so that it fails for a change only; `make test-long` draws others.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None)
settings.load_profile("same")

__all__ = ["check"]
