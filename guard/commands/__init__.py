"""The commands, one per file: each has `configure(parser)` and `run(arguments) -> exit code`."""
