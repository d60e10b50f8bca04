"""Terraform's expression language: values from expressions, functions, expansion of count and for_each."""
