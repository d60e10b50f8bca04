"""The settings file `.iam-key-guard.yaml`: read, checked against its schema, and what it says of a root."""
