"""The commands: one verb, one file, one function."""
