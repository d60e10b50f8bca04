"""Terraform values: types, conversions, equality, and two kinds of not knowing."""
