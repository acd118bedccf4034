"""Fuzzing: bytes that nobody would type, into every door of the program; what reaches new code is kept and replayed."""
