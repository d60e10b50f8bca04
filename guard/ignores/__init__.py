"""Ignores in comments of the code: waivers for what one block makes."""
