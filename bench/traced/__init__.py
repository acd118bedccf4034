"""Traced: every command of the program under strace, and what the kernel saw of files, network and programs."""
