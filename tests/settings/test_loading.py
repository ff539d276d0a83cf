"""Settings: file and environment, and a clear word about everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import Settings, SettingsInvalid, load_settings, read_client_secret

OIDC = 'issuer = "https://id.example"\nclient_id = "wall"\n'


def load(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> Settings:
    file = tmp_path / "yiping.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, environ or {})


def test_defaults_are_the_documented_ones() -> None:
    settings = load_settings(environ={})
    assert (settings.store, settings.var) == ("duckdb:var/yiping.duckdb", Path("var"))
    assert (settings.host, settings.port) == ("127.0.0.1", 8050)
    assert (settings.session.idle_minutes, settings.session.absolute_hours) == (60, 12)
    assert (settings.backup.at, settings.backup.keep_days) == ("03:30", 14)
    assert (settings.tls, settings.https, settings.oidc.enabled) == (False, False, False)


def test_keys_and_backups_lie_below_var_unless_told_otherwise(tmp_path: Path) -> None:
    below = load(tmp_path, 'var = "/srv/yiping"')
    assert below.keys == Path("/srv/yiping/keys")
    assert below.backup_folder == Path("/srv/yiping/backups")
    told = load(tmp_path, 'var = "a"\nkeys = "/safe"\n[backup]\nfolder = "/disk2"')
    assert (told.keys, told.backup_folder) == (Path("/safe"), Path("/disk2"))
    assert Settings(var=tmp_path).keys == tmp_path / "keys"
    assert load_settings(environ={"YIPING_VAR": "/srv"}).keys == Path("/srv/keys")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        'port = 9000\nlanguage = "en"\n[backup]\nat = "01:00"\nkeep_days = 3\n'
        "[sources.simulator]\nspeed = 2.0\n",
        {
            "YIPING_PORT": "9001",
            "YIPING_TRUSTED_HOSTS": "wall.lan, b",
            "YIPING_BACKUP_AT": "02:00",
            "YIPING_WALL_DISTANCE_M": "7.5",
            "YIPING_OUTGOING_NETWORKS": "10.1.0.0/16,192.168.4.7",
        },
    )
    assert (settings.port, settings.language) == (9001, "en")
    assert settings.sources == {"simulator": {"speed": 2.0}}
    assert settings.trusted_hosts == ("wall.lan", "b")
    assert (settings.backup.at, settings.backup.keep_days) == ("02:00", 3)
    assert settings.wall.distance_m == 7.5
    assert settings.outgoing_networks == ("10.1.0.0/16", "192.168.4.7")


def test_the_data_folder_of_tests_is_no_setting() -> None:
    assert load_settings(environ={"YIPING_REALDATA": "/somewhere", "PATH": "/bin"}) == Settings()


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("prot = 9000", "prot", "is not a setting"),
        ("port = 70000", "port", "less than or equal to 65535"),
        ('port = "many"', "port", "valid integer"),
        ('host = "wall.example"', "host", "does not appear to be"),
        ('language = "fr"', "language", "pattern"),
        ("[wall]\ndistance_m = 0", "wall.distance_m", "greater than"),
        ("[wall]\nheight = 3", "wall.height", "is not a setting"),
        ('store = "postgres:somewhere"', "store", "pattern"),
        ('trusted_proxies = ["proxy.lan"]', "trusted_proxies", "does not appear to be"),
        ('trusted_proxies = ["10.0.0.1/8"]', "trusted_proxies", "has host bits set"),
        ('trusted_proxies = ["0.0.0.0/0"]', "trusted_proxies", "whole internet"),
        ('outgoing_networks = ["::/0"]', "outgoing_networks", "whole internet"),
        ('public_url = "wall.example"', "public_url", "https://name"),
        ('public_url = "https://a:b@wall.example"', "public_url", "https://name"),
        ('public_url = "https://wall.example/yiping"', "public_url", "no path"),
        ('public_url = "https://wall.example?x=1"', "public_url", "no path"),
        ('public_url = "https://wall.example:port"', "public_url", "Port"),
        ('public_url = "javascript://wall"', "public_url", "https://name"),
        ('[backup]\nat = "25:00"', "backup.at", "pattern"),
        ("[backup]\nkeep_days = 0", "backup.keep_days", "greater than"),
        ("[session]\nidle_minutes = 1", "session.idle_minutes", "greater than"),
        ('[oidc]\nissuer = "http://id.example"', "oidc.issuer", "must be https"),
        ('[oidc]\nissuer = "https://a:b@id.example"', "oidc.issuer", "without user"),
        ('[oidc]\nissuer = "https://id.example"', "oidc", "needs client_id"),
        ('[oidc]\nlabel = ""', "oidc.label", "at least 1"),
        ("[limits]\nsockets = 1", "limits.sockets", "greater than"),
    ],
)
def test_what_is_wrong_is_named_with_file_key_and_value(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load(tmp_path, text)
    problem = refusal.value.problems[0]
    assert (problem.place, problem.key) == (str(tmp_path / "yiping.toml"), key)
    assert said in problem.message
    assert problem.value in str(problem)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ('host = "0.0.0.0"', "host", "readable to everybody"),
        ('host = "192.168.1.9"', "host", "insecure_http = true"),
        ('host = "::"', "host", "tls_cert and tls_key"),
        ('tls_cert = "c.pem"', "tls_key", "go together"),
        ('tls_key = "k.pem"', "tls_cert", "go together"),
        ('public_url = "https://wall.example"', "public_url", "nothing does it"),
        (
            'public_url = "http://wall.example"\ntls_cert = "c"\ntls_key = "k"',
            "public_url",
            "https only",
        ),
    ],
)
def test_what_would_send_passwords_in_the_clear_or_cannot_work_stops_the_start(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load(tmp_path, text)
    (problem,) = refusal.value.problems
    assert problem.key == key
    assert said in problem.message


@pytest.mark.parametrize(
    ("text", "https"),
    [
        ('host = "127.0.0.9"', False),
        ('host = "::1"', False),
        ('host = "localhost"', False),
        ('host = "0.0.0.0"\ninsecure_http = true', False),
        ('host = "0.0.0.0"\ntls_cert = "c"\ntls_key = "k"', True),
        ('host = "0.0.0.0"\ntrusted_proxies = ["10.0.0.2"]', False),
        ('trusted_proxies = ["127.0.0.1", "fd00::/8"]\npublic_url = "https://wall.example/"', True),
        ('public_url = "http://wall.lan:8050"', False),
    ],
)
def test_what_is_safe_or_wanted_is_taken(tmp_path: Path, text: str, https: bool) -> None:
    settings = load(tmp_path, text)
    assert settings.https is https
    assert not (settings.public_url or "").endswith("/")


def test_an_unknown_variable_stops_the_start() -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings(environ={"YIPING_PROT": "9000"})
    assert str(refusal.value.problems[0]) == "environment: YIPING_PROT = '9000': is not a setting"


@pytest.mark.parametrize("name", ["YIPING_SOURCES", "YIPING_OIDC", "YIPING_OIDC_ROLES"])
def test_what_only_the_file_can_say_is_no_variable(name: str) -> None:
    with pytest.raises(SettingsInvalid, match="is not a setting"):
        load_settings(environ={name: "{}"})


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("YIPING_PORT", "0", "'0'"),
        ("YIPING_BACKUP_AT", "late", "'late'"),
        ("YIPING_TRUSTED_PROXIES", "10.0.0.1,proxy", "('10.0.0.1', 'proxy')"),
        ("YIPING_HOST", "0.0.0.0", "'0.0.0.0'"),
    ],
)
def test_a_wrong_variable_is_named_as_one(name: str, value: str, shown: str) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings(environ={name: value})
    problem = refusal.value.problems[0]
    assert (problem.place, problem.key, problem.value) == ("environment", name, shown)


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


@pytest.mark.parametrize(
    ("text", "environ"),
    [
        ('[oidc]\nclient_secret = "hunter-2"', {}),
        ('[oidc]\nclient_secrte = "hunter-2"', {}),
        ('[oidc]\nissuer = "https://id.example"\nlogin_claim = "hunter-2"', {}),
        ('[oidc]\nissuer = "https://me:hunter-2@id.example"', {}),
        ('public_url = "https://me:hunter-2@wall.example"', {}),
        ('db_password = "hunter-2"', {}),
        ('port = 0\n[sources.x]\ntoken = "hunter-2"', {}),
        ("", {"YIPING_OIDC_CLIENT_SECRET": "hunter-2", "YIPING_OIDC_ISSUER": "https://id.example"}),
        ("", {"YIPING_OIDC_CLIENT_SECRT": "hunter-2"}),
        ("", {"YIPING_OIDC_CLIENT_SECRET": "hunter-2", "YIPING_HOST": "0.0.0.0"}),
    ],
)
def test_no_error_shows_a_secret(tmp_path: Path, text: str, environ: dict[str, str]) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load(tmp_path, text, environ)
    assert "hunter-2" not in str(refusal.value)
    assert "hunter-2" not in repr(refusal.value.problems)


def test_a_secret_is_in_no_representation_of_the_settings() -> None:
    settings = load_settings(environ={"YIPING_OIDC_CLIENT_SECRET": "hunter-2"})
    assert "hunter-2" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert read_client_secret(settings.oidc) == "hunter-2"


def test_the_secret_file_holds_the_secret_and_is_the_owner_s_alone(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter-2\n")
    secret.chmod(0o600)
    text = f'[oidc]\n{OIDC}client_secret_file = "{secret}"\n'
    oidc = load(tmp_path, text).oidc
    assert read_client_secret(oidc) == "hunter-2"
    secret.chmod(0o644)
    with pytest.raises(SettingsInvalid, match="chmod 600"):
        read_client_secret(oidc)
    secret.unlink()
    with pytest.raises(SettingsInvalid, match="No such file"):
        read_client_secret(oidc)
    assert read_client_secret(Settings().oidc) is None
    with pytest.raises(SettingsInvalid, match="not both"):
        load(tmp_path, text, {"YIPING_OIDC_CLIENT_SECRET": "x"})
