"""Pure: values in, values out. No clock, disk, terminal, environment or global random in here."""
