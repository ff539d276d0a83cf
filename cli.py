"""The command line: settings, then each command through the running app or on the store itself."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import (
    audit,
    camera,
    catalogue,
    export,
    key,
    keyring,
    kiosk,
    plan,
    qr,
    retention,
    rights,
    user,
    webhook,
)
from commands.terminal.calling import Community, do, fail, settings_or_exit

cli = typer.Typer(
    help="Yiping 一屏: one screen for the whole community.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(user.group, name="user")
cli.add_typer(camera.group, name="camera")
cli.add_typer(kiosk.group, name="kiosk")
cli.add_typer(webhook.group, name="webhook")
cli.add_typer(catalogue.group, name="catalogue")
cli.add_typer(key.group, name="key")
cli.add_typer(audit.group, name="audit")
cli.add_typer(export.group, name="export")
cli.add_typer(keyring.group, name="keyring")
cli.add_typer(plan.group, name="plan")
cli.add_typer(rights.group, name="rights")
cli.command("retention")(retention.retention)
cli.command("qr")(qr.qr)


@cli.command()
def run() -> None:
    """Start the app: sources, pages and the wall."""
    settings = settings_or_exit()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    from app import serve
    from data.errors import StoreError
    from settings import SettingsInvalid

    try:
        serve(settings)
    except SettingsInvalid as invalid:
        fail("\n".join(map(str, invalid.problems)), 2)
    except StoreError as failure:
        from commands.offline import store_line

        fail(store_line(failure, settings), 1)


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
    do(
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
    do("demo", seed=seed)


@cli.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="cases, areas, workers, catalogue, ...")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, GeoJSON or a zip of these.")],
    community: Community,
    mapping: Annotated[
        str, typer.Option(help="Name of the column mapping; a catalogue needs none.")
    ] = "",
    only_under: Annotated[
        str | None, typer.Option(help="Areas: take only the way down to this code.")
    ] = None,
) -> None:
    """Read a file; its last line of output is a JSON summary."""
    if kind == "catalogue":
        do("import catalogue", file=str(file.absolute()), community_id=community)
    if not mapping:
        fail("Name the column mapping: --mapping", 2)
    do(
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
    do("quarantine", community_id=community, source=source, since=since, as_csv=as_csv)


@cli.command("compare-flags")
def compare_flags(
    community: Community,
    as_of: Annotated[str, typer.Option(help="Day or time of the source's export.")],
) -> None:
    """Compare our on-time verdicts with the source's own flags."""
    do("compare-flags", community_id=community, as_of=as_of)


@cli.command()
def check() -> None:
    """Check settings, files they name and sources; names file, key and value of what is wrong."""
    from ingest.check import check_sources
    from settings.deployment import deployment_problems

    settings = settings_or_exit()
    problems = [*deployment_problems(settings, datetime.now(UTC)), *check_sources(settings)]
    if settings.cameras.detector_model:
        from app import detector_problems

        problems += detector_problems(settings)
    if problems:
        fail("\n".join(map(str, problems)), 2)
    print("The settings are in order.")


@cli.command()
def rebuild() -> None:
    """Make the current-state tables anew from the logs."""
    do("rebuild")


@cli.command()
def backup(folder: Annotated[Path, typer.Argument(help="An empty or new folder.")]) -> None:
    """Take a consistent backup, checked by counting and hashing, while the app runs or not."""
    do("backup", folder=str(folder.absolute()))


@cli.command()
def restore(folder: Annotated[Path, typer.Argument(help="Folder of a backup.")]) -> None:
    """Put a checked backup in the place of the database."""
    do("restore", folder=str(folder.absolute()))


def main() -> None:
    """Run the command line."""
    cli()


if __name__ == "__main__":
    main()
