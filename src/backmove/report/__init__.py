"""Pages: values of the core in, text out. Nothing here reads a clock or a disk."""
