"""Every statement about the numbers of ``data/parameters.yaml``: what each means, with the number written out."""

import meaning
import meanings_of_courses
import meanings_of_days
import meanings_of_weeks

MODULES = (meanings_of_days, meanings_of_weeks, meanings_of_courses)
"""Loading them fills the list."""
Statement = meaning.Statement
STATEMENTS = meaning.STATEMENTS
statements_about = meaning.statements_about
