"""Settings are read in one place, logs are written in one place, and a log field is one of the closed list."""

from __future__ import annotations

from server.config import Settings
from tests.architecture.server_habits import stray_environment, stray_logging, unlisted_fields
from tests.architecture.tree import files, told

THROUGH = {"data_dir", "base_url", "secret_key"}
"""Settings read through a property or function of config.py: data, url, signing_key."""


def test_settings_are_read_in_one_place() -> None:
    faults = stray_environment(files("server", "facilitation", suffixes=[".py"]))
    assert not faults, told(faults)


def test_logs_are_written_in_one_place_with_listed_fields() -> None:
    texts = files("server", suffixes=[".py"])
    faults = stray_logging(texts) + unlisted_fields(texts)
    assert not faults, told(faults)


def test_the_checks_themselves_can_fail() -> None:
    assert stray_environment({"server/app.py": 'os.environ["PORT"]'})
    assert stray_logging({"server/app.py": 'logging.getLogger("x")'})
    assert unlisted_fields({"server/app.py": "telemetry.event('x', name='Camille')"})
    assert unlisted_fields({"server/app.py": "telemetry.event('x', **anything)"})
    assert not unlisted_fields({"server/app.py": "telemetry.event('x', ms=3, error=error)"})


def test_every_setting_is_used() -> None:
    texts = files("server", "facilitation", suffixes=[".py"]) | files("templates", suffixes=[".html"])
    texts.pop("server/config.py")
    everything = "\n".join(texts.values())
    idle = [name for name in Settings.__struct_fields__ if f"settings.{name}" not in everything and name not in THROUGH]
    assert not idle, f"settings that change nothing: {idle}"
