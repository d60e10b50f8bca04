"""Fixtures that all tests share."""

from hypothesis import settings

from tests.checking import check

# Machines differ, and others run beside: how long one example takes says nothing.
settings.register_profile("here", deadline=None)
settings.load_profile("here")

__all__ = ["check"]
