"""Faults: the real program is killed, or refused by the system, at every call that touches its folder."""
