"""Fixtures that all tests share."""

from tests.checking import check

__all__ = ["check"]
