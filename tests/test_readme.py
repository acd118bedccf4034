"""What the README shows is what the program shows."""

import make_guide_screen


def test_the_guide_in_the_readme_is_the_guide_of_the_program() -> None:
    text = make_guide_screen.README.read_text(encoding="utf-8")
    assert text == make_guide_screen.replaced(text), "run: python tests/make_guide_screen.py"
