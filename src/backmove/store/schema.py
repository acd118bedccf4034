"""The JSON Schema of the exercise file, for editors that complete and check while one types.

Declared as draft 7, which the YAML language server reads; nothing newer is used.
"""

from typing import Any, Final

from backmove.store.library_files import ExerciseFile
from backmove.store.twin import reader

DRAFT: Final = "http://json-schema.org/draft-07/schema#"


def exercise_schema() -> dict[str, Any]:
    """The schema as JSON data."""
    return schema_of(ExerciseFile, "backmove exercise library")


def schema_of(wanted: Any, title: str) -> dict[str, Any]:
    """The JSON Schema of one file of this type."""
    schema = reader(wanted).json_schema()
    return {"$schema": DRAFT, "title": title, **schema["items"], "$defs": schema["$defs"]}
