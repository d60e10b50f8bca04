"""Plans as JSON: what each change does to the keys of a user."""
