"""The configuration as written: files, modules, inputs."""
