"""The environments that are compared, and what they stand on."""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from compare.measure import Row, always, environment

ROOT = Path(__file__).resolve().parent.parent.parent
OWN, NEWEST, PEERS = "backmove", "newest-typer", "peers"


def set_up(place: Path) -> None:
    """Three virtual environments: backmove, backmove with the newest Typer, and the peers that are Python."""
    wanted = {
        OWN: [["-c", str(ROOT / "constraints.txt"), str(ROOT)]],
        NEWEST: [[str(ROOT)], ["-U", "typer"]],
        PEERS: [["jrnl", "td-watson"]],
    }
    for name, installs in wanted.items():
        folder = place / name
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q"]
        subprocess.run(
            [*pip, "-U", "pip"], check=True
        )  # an older one's scripts load re: 4 ms of every command
        for packages in installs:
            subprocess.run([*pip, *packages], check=True)


class Place:
    """Where the environments are; without a place the running Python, and what else is on the path."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self.scratch = str(root) if root else None
        self.python = self.program(OWN, "python") or sys.executable

    def program(self, name: str, command: str) -> str | None:
        """A command of one of the environments, if it is there."""
        path = self.root / name / "bin" / command if self.root else None
        return str(path) if path and path.exists() else None

    @property
    def backmove(self) -> list[str]:
        own = self.program(OWN, "backmove")
        return [own] if own else [self.python, "-m", "backmove"]

    def measures(self) -> dict[str, Row | str]:
        """What every ratio is taken against."""
        here = Path(tempfile.gettempdir())
        return {
            "python -c pass": Row("pass", lambda: [self.python, "-c", "pass"], {}, here),
            "python -c 'import typer'": Row("typer", lambda: [self.python, "-c", "import typer"], {}, here),
        }

    def typers(self, root: Path) -> dict[str, Row | str]:
        """The same commands on the Typer that is asked for and on the newest one."""
        from compare.programs import Backmove

        rows: dict[str, Row | str] = dict(self.measures())
        for name in (OWN, NEWEST):
            python, script = self.program(name, "python"), self.program(name, "backmove")
            if not python or not script:
                rows[f"{name}: log 4"] = "not installed"
                continue
            folder = root / f"typer-{name}"
            own = Backmove([script])
            own.prepare(folder, 1000)
            env = own.env(folder)
            tab = {"_BACKMOVE_COMPLETE": "complete_bash", "COMP_WORDS": "backmove lo", "COMP_CWORD": "1"}
            wanted: dict[str, tuple[list[str], Mapping[str, str]]] = {
                "import typer": ([python, "-c", "import typer"], {}),
                "--version": ([script, "--version"], {}),
                "--help": ([script, "--help"], {}),
                "TAB": ([script], tab),
                "log 4": ([script, "log", "4"], {}),
                "list -n 5": ([script, "list", "-n", "5"], {}),
            }
            for what, (command, more) in wanted.items():
                rows[f"{name} {version_of(python)}: {what}"] = Row(
                    what,
                    always(command),
                    env | dict(more),
                    folder,
                )
        return rows

    def about(self) -> dict[str, str]:
        return {
            "when": datetime.now(UTC).date().isoformat(),
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "processors": str(os.cpu_count()),
            "load": f"{os.getloadavg()[0]:.1f}",
        }


def version_of(python: str) -> str:
    """Typer's, in that environment."""
    asked = "import importlib.metadata as m; print('typer', m.version('typer'))"
    ran = subprocess.run(
        [python, "-c", asked], capture_output=True, text=True, check=False, env=environment({})
    )
    return ran.stdout.strip()
