"""Every command explains itself."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from legwise.cli.app import MODULES, app, register

LEGWISE = Path(sys.executable).with_name("legwise")
register()
COMMANDS = typer.main.get_command(app).commands


def test_every_command_is_registered_where_it_is_looked_for():
    """A command starts only its own module, so the list of modules has to be right."""
    assert set(MODULES) == set(COMMANDS)
    assert all(COMMANDS[name].callback.__module__ == f"legwise.cli.{module}" for name, module in MODULES.items())


@pytest.mark.parametrize("name", sorted(MODULES))
def test_help_of_a_command(name):
    """`legwise COMMAND --help` says in a sentence what it does, and what each argument and option is for."""
    result = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    told = " ".join(result.output.split())

    assert result.exit_code == 0
    assert COMMANDS[name].callback.__doc__.split("\n")[0] in told
    for parameter in COMMANDS[name].params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name}"


def test_help_of_all():
    """`legwise --help`, as people run it, lists every command and says what Legwise is not."""
    done = subprocess.run([str(LEGWISE), "--help"], capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)
    assert all(f"  {name} " in done.stdout for name in MODULES)
    assert "Not certified as a medical device" in " ".join(done.stdout.split())


def test_no_command_shows_help():
    """`legwise` alone is a question, and is answered with the help."""
    done = subprocess.run([str(LEGWISE)], capture_output=True, text=True, check=False)

    assert "Usage: legwise" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
