"""Settings: file and environment, and a clear word about everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import Settings, SettingsInvalid, load_settings


def test_defaults_are_the_documented_ones() -> None:
    settings = load_settings(environ={})
    assert (settings.store, settings.var) == ("duckdb:var/yiping.duckdb", Path("var"))
    assert (settings.host, settings.port) == ("127.0.0.1", 8050)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "yiping.toml"
    file.write_text('port = 9000\nlanguage = "en"\n[sources.simulator]\nspeed = 2.0\n')
    settings = load_settings(file, {"YIPING_PORT": "9001", "YIPING_TRUSTED_HOSTS": "wall.lan, b"})
    assert (settings.port, settings.language) == (9001, "en")
    assert settings.sources == {"simulator": {"speed": 2.0}}
    assert settings.trusted_hosts == ("wall.lan", "b")


def test_the_data_folder_of_tests_is_no_setting() -> None:
    assert load_settings(environ={"YIPING_REALDATA": "/somewhere", "PATH": "/bin"}) == Settings()


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("prot = 9000", "prot", "is not a setting"),
        ("port = 70000", "port", "less than or equal to 65535"),
        ('port = "many"', "port", "valid integer"),
        ('host = "0.0.0.0"', "host", "loopback only"),
        ('host = "wall.example"', "host", "does not appear to be"),
        ('language = "fr"', "language", "pattern"),
        ("[wall]\ndistance_m = 0", "wall.distance_m", "greater than"),
        ("[wall]\nheight = 3", "wall.height", "is not a setting"),
        ('store = "postgres:somewhere"', "store", "pattern"),
    ],
)
def test_what_is_wrong_is_named_with_file_key_and_value(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    file = tmp_path / "yiping.toml"
    file.write_text(text)
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings(file, {})
    problem = refusal.value.problems[0]
    assert (problem.place, problem.key) == (str(file), key)
    assert said in problem.message
    assert problem.value in str(problem)


def test_an_unknown_variable_stops_the_start() -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings(environ={"YIPING_PROT": "9000"})
    assert str(refusal.value.problems[0]) == "environment: YIPING_PROT = '9000': is not a setting"


def test_a_wrong_variable_is_named_as_one() -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings(environ={"YIPING_PORT": "0"})
    problem = refusal.value.problems[0]
    assert (problem.place, problem.key, problem.value) == ("environment", "YIPING_PORT", "'0'")


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe\x00", b"port = 1\nport = 2"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "yiping.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings(file, {})
    assert str(file) in str(refusal.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="does not exist"):
        load_settings(environ={"YIPING_CONFIG": str(tmp_path / "nowhere.toml")})


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(Exception, match="frozen"):
        load_settings(environ={}).port = 1  # type: ignore[misc]
