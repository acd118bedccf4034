"""backmove: exercises for the low back, one day at a time."""

__version__ = "0.1.0"
