"""Where the plugin that watches the tests puts what it saw."""

from typing import Final

WHERE: Final = "BACKMOVE_MUTATION_REACH"
"""The variable of the environment. It has a module of its own, for whoever loads the plugin is watched."""
