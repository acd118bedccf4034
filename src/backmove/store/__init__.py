"""The disk: the journal, the data files, and where they are."""
