"""Simulated patients: models of people who use backmove for weeks, through the same functions as the commands."""
