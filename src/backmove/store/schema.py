"""The JSON Schema of the exercise file, for editors that complete and check while one types.

Declared as draft 7, which the YAML language server reads; nothing newer is used.
"""

from typing import Any, Final

from pydantic import TypeAdapter

from backmove.store.library_files import ExerciseFile
from backmove.store.yaml_file import STRICT

DRAFT: Final = "http://json-schema.org/draft-07/schema#"


def exercise_schema() -> dict[str, Any]:
    """The schema as JSON data."""
    # A list of files, because only there the strict settings reach the standard dataclasses.
    schema = TypeAdapter(list[ExerciseFile], config=STRICT).json_schema()
    return {
        "$schema": DRAFT,
        "title": "backmove exercise library",
        **schema["items"],
        "$defs": schema["$defs"],
    }
