"""What is said to people and machines, one format per file."""
