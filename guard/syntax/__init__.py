"""Text to tree: a bytes scan, a block splitter, readers for native and JSON syntax."""
