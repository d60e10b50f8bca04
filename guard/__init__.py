"""iam-key-guard: at most one active access key per IAM user, before deployment and after."""

__version__ = "0.1.0"
