"""A whole story under strace; writes a Markdown page, ends with 1 when something was touched that should not be.

python bench/traced > docs/strace.md
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    from traced.ground import Ground
    from traced.page import page
    from traced.run import Tracer, strace_works
    from traced.story import STORY

    if not strace_works():
        sys.exit("strace is not here, or it may not look into our processes.")
    with tempfile.TemporaryDirectory() as scratch:
        ground = Ground.made(Path(scratch))
        before = ground.untouchable()
        story = []
        for seen in Tracer(ground).tell(STORY):
            story.append(seen)
            print(f"{seen.calls:6} {seen.step.title}", *seen.wrong, sep="\n  ", file=sys.stderr)
        after = ground.untouchable()
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    print(page(story, "python bench/traced", changed), end="")
    sys.exit(bool(changed or any(seen.wrong for seen in story)))


if __name__ == "__main__":
    main()
