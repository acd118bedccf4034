"""Speed and safety beside other command-line journals: the same entries, the same machine, one table."""
