"""`user create | list | set-password | role | close | …`: what a person types about accounts."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.terminal.calling import Community, do, fail

MOST_TYPED = 2_000

group = typer.Typer(help="Accounts of staff.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="Login of the account.")]
Also = Annotated[
    list[str] | None, typer.Option("--also", help="A further community; may be repeated.")
]
Area = Annotated[
    list[str] | None,
    typer.Option("--area", help="Id, code or name of an area it covers; may be repeated."),
]
Subject = Annotated[
    str | None, typer.Option("--subject", help="issuer|subject of the person at the provider.")
]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]
Keep = Annotated[
    bool,
    typer.Option("--keep-password", help="The person need not choose another one at sign-in."),
]


@group.command("create")
def user_create(
    login: Annotated[str, typer.Option(help="Name to sign in with; a post, not a person.")],
    role: Annotated[str, typer.Option(help="Role, e.g. duty_officer, grid_worker, admin.")],
    community: Community,
    also: Also = None,
    area: Area = None,
    subject: Subject = None,
    password_stdin: FromStdin = False,
    keep_password: Keep = False,
) -> None:
    """Make an account; a generated password is printed once, alone on standard output."""
    do(
        "user create",
        login=login,
        role=role,
        community_id=community,
        also=also or [],
        areas=area or [],
        subject=subject,
        password=_read_password() if password_stdin else None,
        keep_password=keep_password,
    )


@group.command("list")
def user_list() -> None:
    """List the accounts, one JSON object a line."""
    do("user list")


@group.command("set-password")
def user_set_password(
    login: Login, password_stdin: FromStdin = False, keep_password: Keep = False
) -> None:
    """Give an account another password; without --password-stdin it is generated and printed."""
    password = _read_password() if password_stdin else None
    do("user set-password", login=login, password=password, keep_password=keep_password)


@group.command("role")
def user_role(
    login: Login,
    role: Annotated[str | None, typer.Option(help="Another role.")] = None,
    community: Annotated[str | None, typer.Option(help="Another first community.")] = None,
    also: Also = None,
    area: Area = None,
    subject: Subject = None,
) -> None:
    """Change role, communities, areas or person; what is not named stays, sessions end."""
    do(
        "user role",
        login=login,
        role=role,
        community_id=community,
        also=also,
        areas=area,
        subject=subject,
    )


@group.command("close")
def user_close(login: Login) -> None:
    """Close an account at once."""
    do("user close", step="close", login=login)


@group.command("reopen")
def user_reopen(login: Login) -> None:
    """Open a closed account again."""
    do("user reopen", step="reopen", login=login)


@group.command("unlock")
def user_unlock(login: Login) -> None:
    """End the pause after failed attempts."""
    do("user unlock", step="unlock", login=login)


@group.command("sessions-end")
def user_sessions_end(login: Login) -> None:
    """Sign an account out everywhere."""
    do("user sessions-end", step="end_sessions", login=login)


@group.command("reset-factor")
def user_reset_factor(login: Login) -> None:
    """Take away the second factor of somebody who lost it."""
    do("user reset-factor", step="reset_second_factor", login=login)


def _read_password() -> str:
    """The first line of standard input, without its line break."""
    line = sys.stdin.readline(MOST_TYPED)
    password = line.rstrip("\r\n")
    if not password:
        fail("No password came on standard input.", 2)
    return password
