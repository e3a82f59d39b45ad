"""Settings: read from the environment, refused with a sentence, and a signing key that is made once."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import get_type_hints

import pytest

from server.config import SettingError, Settings, is_secret, load, resource, signing_key


def test_defaults_serve_on_this_machine_alone() -> None:
    settings = load({})
    assert (settings.host, settings.port, settings.url, settings.secure) == ("127.0.0.1", 8000, "http://127.0.0.1:8000", False)


def test_environment_is_read_and_the_public_address_tidied() -> None:
    settings = load({"PORT": "9000", "BASE_URL": "https://atelier.exemple.fr/", "HELLO_TIMEOUT": "2.5", "DEFAULT_LANGUAGE": "en"})
    assert (settings.port, settings.url, settings.hello_timeout, settings.default_language) == (
        9000, "https://atelier.exemple.fr", 2.5, "en",
    )  # fmt: skip
    assert settings.secure


def test_command_line_wins_over_the_environment() -> None:
    assert load({"PORT": "9000"}, port=9100).port == 9100


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "beaucoup", "a whole number"),
        ("PORT", "70000", "<= 65535"),
        ("OUTBOX_BYTES", "12", ">= 4096"),
        ("LOG_LEVEL", "loud", "'loud'"),
        ("BASE_URL", "atelier.exemple.fr", "scheme"),
        ("BASE_URL", "https://exemple.fr/outil", "without a path"),
        ("SECRET_KEY", "short", "32 characters"),
        ("FACILITATION_KEY", "short", "12 characters"),
    ],
)
def test_a_bad_value_is_refused_by_name_with_what_to_do(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingError) as refused:
        load({name: value})
    message = str(refused.value)
    assert message.startswith(f"{name}: expected") and said in message


def test_every_fault_is_told_at_once_and_no_secret_with_it() -> None:
    with pytest.raises(SettingError) as refused:
        load({"BASE_URL": "ftp://x", "SECRET_KEY": "hunter2"})
    assert str(refused.value).count("\n") == 1 and "hunter2" not in str(refused.value)


def test_secrets_are_marked() -> None:
    annotations = get_type_hints(Settings, include_extras=True)
    assert {name for name, annotation in annotations.items() if is_secret(annotation)} == {"secret_key", "facilitation_key"}


def test_the_signing_key_is_made_once_readable_by_its_owner_alone(tmp_path: Path) -> None:
    settings = load({}, data_dir=str(tmp_path / "new"))
    key = signing_key(settings)
    path = tmp_path / "new" / "secret.key"
    assert len(key) == 64 and key == signing_key(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["secret.key"]


def test_a_key_of_the_environment_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    settings = load({"SECRET_KEY": "k" * 40}, data_dir=str(tmp_path / "none"))
    assert signing_key(settings) == b"k" * 40
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingError, match="DATA_DIR: expected a folder"):
        signing_key(load({}, data_dir=str(tmp_path / "file" / "data")))


def test_resources_are_found_from_the_sources() -> None:
    assert (resource("static") / "vendor" / "ui.js").is_file()
