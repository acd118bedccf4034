"""Three people's first six weeks, told from what the program really says."""
