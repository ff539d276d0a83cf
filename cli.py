"""The command line: settings, then each command through the running app or on the store itself."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from settings import Settings, SettingsInvalid, load_settings

cli = typer.Typer(
    help="Yiping 一屏: one screen for the whole community.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
key = typer.Typer(help="Keys for other software.", no_args_is_help=True)
cli.add_typer(key, name="key")

Community = Annotated[str, typer.Option("--community", help="Id of the community.")]


@cli.command()
def run() -> None:
    """Start the app: sources, pages and the wall."""
    settings = _settings()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    from app import serve
    from data.errors import StoreError

    try:
        serve(settings)
    except StoreError as failure:
        from commands.offline import store_line

        _fail(store_line(failure, settings), 1)


@cli.command()
def init(
    community: Annotated[str, typer.Option(help="Id of the community.")] = "community",
    name_zh: Annotated[str, typer.Option(help="Name in Chinese.")] = "本社区",
    name_en: Annotated[str | None, typer.Option(help="Name in English.")] = None,
    timezone: Annotated[str, typer.Option(help="IANA time zone.")] = "Asia/Shanghai",
    households: Annotated[int | None, typer.Option(help="Households, as published.")] = None,
    residents: Annotated[int | None, typer.Option(help="Residents, as published.")] = None,
) -> None:
    """Start empty: make the tables and one real community to fill."""
    _do(
        "init",
        community_id=community,
        name_zh=name_zh,
        name_en=name_en,
        timezone=timezone,
        households=households,
        residents=residents,
    )


@cli.command()
def demo(seed: Annotated[int, typer.Option(help="Seed of the generator.")] = 1) -> None:
    """Load the fictional demo community; running it again changes nothing."""
    _do("demo", seed=seed)


@cli.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="cases, areas, places, devices, workers, ...")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, GeoJSON or a zip of these.")],
    mapping: Annotated[str, typer.Option(help="Name of the column mapping.")],
    community: Community,
    only_under: Annotated[
        str | None, typer.Option(help="Areas: take only the way down to this code.")
    ] = None,
) -> None:
    """Read a file; its last line of output is a JSON summary."""
    _do(
        "import",
        kind=kind,
        file=str(file.absolute()),
        mapping=mapping,
        community_id=community,
        only_under=only_under,
    )


@cli.command()
def quarantine(
    community: Annotated[str | None, typer.Option(help="Only this community.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    since: Annotated[str | None, typer.Option(help="Only set aside since this time.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """List the rows that could not be taken, with where they stood and why."""
    _do("quarantine", community_id=community, source=source, since=since, as_csv=as_csv)


@cli.command("compare-flags")
def compare_flags(
    community: Community,
    as_of: Annotated[str, typer.Option(help="Day or time of the source's export.")],
) -> None:
    """Compare our on-time verdicts with the source's own flags."""
    _do("compare-flags", community_id=community, as_of=as_of)


@key.command("create")
def key_create(
    role: Annotated[str, typer.Option(help="Role of the key, e.g. source or duty_officer.")],
    community: Community,
    label: Annotated[str | None, typer.Option(help="What the key is for.")] = None,
) -> None:
    """Make a key; it is printed once, alone on standard output."""
    _do("key create", role=role, community_id=community, label=label)


@key.command("list")
def key_list(
    community: Annotated[str | None, typer.Option(help="Only this community.")] = None,
) -> None:
    """List the keys, one JSON object a line."""
    _do("key list", community_id=community)


@key.command("revoke")
def key_revoke(key_id: Annotated[str, typer.Argument(help="Public part of the key.")]) -> None:
    """Close a key at once."""
    _do("key revoke", api_key_id=key_id)


@cli.command()
def check() -> None:
    """Check settings and sources; names file, key and value of what is wrong."""
    from ingest.check import check_sources

    settings = _settings()
    problems = check_sources(settings)
    if problems:
        _fail("\n".join(map(str, problems)), 2)
    print("The settings are in order.")


@cli.command()
def rebuild() -> None:
    """Make the current-state tables anew from the logs."""
    _do("rebuild")


@cli.command()
def backup(folder: Annotated[Path, typer.Argument(help="An empty or new folder.")]) -> None:
    """Take a consistent backup, checked by counting and hashing, while the app runs or not."""
    _do("backup", folder=str(folder.absolute()))


@cli.command()
def restore(folder: Annotated[Path, typer.Argument(help="Folder of a backup.")]) -> None:
    """Put a checked backup in the place of the database."""
    _do("restore", folder=str(folder.absolute()))


def main() -> None:
    """Run the command line."""
    cli()


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsInvalid as invalid:
        _fail("\n".join(map(str, invalid.problems)), 2)


def _do(command: str, **arguments: Any) -> NoReturn:
    """Carry a command out through the running app, or on the store itself where none runs."""
    from commands.context import Terminal
    from commands.control import run_remotely, running_app

    settings = _settings()
    control = running_app(settings.var)
    if control is not None:
        sys.exit(run_remotely(control, command, arguments, Terminal()))
    from commands.offline import run_offline

    sys.exit(run_offline(settings, command, arguments, Terminal()))


def _fail(text: str, status: int) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
