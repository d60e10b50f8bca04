"""Worlds: deciding what depends on inputs, by trying what they can be."""
