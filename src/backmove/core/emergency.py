"""Emergency numbers: never guessed from a language or a clock, always shown with the name of the region."""

from msgspec import Struct


class Region(Struct, frozen=True):
    """One region. ``checked``: every number was seen on a page of its services; False: one is from memory.

    ``support``: who listens when somebody is low or thinks of ending their life; empty where none was looked up.
    """

    code: str
    name: str
    emergency: str
    urgent: str
    checked: bool
    also: tuple[str, ...] = ()
    support: str = ""


class EmergencyNumbers(Struct, frozen=True):
    """All regions, and what is said while the region is not known."""

    unknown: str
    regions: tuple[Region, ...]

    def find(self, word: str | None) -> Region | None:
        """The region of a code or another word for it, capital or small; None when it is not known."""
        wanted = (word or "").strip().casefold().replace(" ", "-")
        return next((region for region in self.regions if wanted in (region.code, *region.also)), None)

    def words(self) -> tuple[str, ...]:
        """Every word that ``find`` takes, codes first."""
        codes = tuple(region.code for region in self.regions)
        return codes + tuple(word for region in self.regions for word in region.also)
