"""What stands around the journal and can do it harm, as values; store/surroundings.py looks."""

from msgspec import Struct


class Surroundings(Struct, frozen=True):
    """Field names are keys of ``doctor --json``. Modes are such as ``0600``, "" where there are none.

    ``open_to_others``: what other people of this computer may look into. ``sync``: the program that copies the folder.
    ``far_disk``: the kind of a disk that is on another computer. ``lock``: free, held, or unknown. ``cache``: whole,
    none, or broken. ``copies``: names of files that look like a second journal. ``backups``: old journals that were
    kept.
    """

    folder_mode: str = ""
    file_mode: str = ""
    link: bool = False
    open_to_others: tuple[str, ...] = ()
    sync: str | None = None
    far_disk: str | None = None
    lock: str = "unknown"
    cache: str = "none"
    copies: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
