"""Which function does which command; the running app knows them by the same names as the shell."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from actions.cases.photo_files import FOLDER, place_photos
from commands.audit import run_audit_verify
from commands.cameras import run_camera_list, run_camera_test
from commands.catalogue import (
    run_catalogue_recompute,
    run_export_catalogue,
    run_import_catalogue,
)
from commands.communities import run_init
from commands.compare_flags import run_compare_flags
from commands.context import Context
from commands.demo import run_demo
from commands.imports import run_import
from commands.keyring import (
    run_keyring_export,
    run_keyring_import,
    run_keyring_rotate,
    run_keyring_status,
)
from commands.keys import run_key_create, run_key_list, run_key_revoke
from commands.kiosks import run_kiosk_create, run_kiosk_list, run_kiosk_revoke
from commands.plans import (
    run_plan_defaults,
    run_plan_export,
    run_plan_import,
    run_plan_list,
)
from commands.qr import run_qr
from commands.quarantine import run_quarantine
from commands.retention import run_retention
from commands.rights import run_rights_list
from commands.upkeep import run_backup, run_rebuild
from commands.users import (
    run_user_create,
    run_user_list,
    run_user_role,
    run_user_set_password,
    run_user_step,
)
from commands.webhooks import (
    run_webhook_create,
    run_webhook_list,
    run_webhook_remove,
    run_webhook_rotate,
)
from commands.week import run_export_week
from data.errors import StoreError

log = logging.getLogger(__name__)

COMMANDS: dict[str, Callable[..., int]] = {
    "init": run_init,
    "demo": run_demo,
    "import": run_import,
    "key create": run_key_create,
    "key list": run_key_list,
    "key revoke": run_key_revoke,
    "retention": run_retention,
    "plan list": run_plan_list,
    "plan export": run_plan_export,
    "plan import": run_plan_import,
    "plan defaults": run_plan_defaults,
    "rights list": run_rights_list,
    "user create": run_user_create,
    "user list": run_user_list,
    "user set-password": run_user_set_password,
    "user role": run_user_role,
    "user close": run_user_step,
    "user reopen": run_user_step,
    "user unlock": run_user_step,
    "user sessions-end": run_user_step,
    "user reset-factor": run_user_step,
    "import catalogue": run_import_catalogue,
    "export catalogue": run_export_catalogue,
    "catalogue recompute": run_catalogue_recompute,
    "webhook create": run_webhook_create,
    "webhook list": run_webhook_list,
    "webhook rotate": run_webhook_rotate,
    "webhook remove": run_webhook_remove,
    "camera list": run_camera_list,
    "camera test": run_camera_test,
    "kiosk create": run_kiosk_create,
    "kiosk list": run_kiosk_list,
    "kiosk revoke": run_kiosk_revoke,
    "rebuild": run_rebuild,
    "backup": run_backup,
    "quarantine": run_quarantine,
    "export week": run_export_week,
    "qr": run_qr,
    "compare-flags": run_compare_flags,
    "audit verify": run_audit_verify,
    "keyring status": run_keyring_status,
    "keyring rotate": run_keyring_rotate,
    "keyring export": run_keyring_export,
    "keyring import": run_keyring_import,
}
PATH_ARGUMENTS = ("file", "folder")


def run_command(context: Context, name: str, arguments: dict[str, Any]) -> int:
    """Carry out one command and return its exit status: 0 done, 1 failed, 2 refused.

    Args:
        context: The open store and where the words go.
        name: A key of COMMANDS.
        arguments: The function's keyword arguments; paths as absolute text.
    """
    place_photos(context.store, context.settings.var / FOLDER)
    function = COMMANDS.get(name)
    if function is None:
        context.err(f"There is no command {name!r}.")
        return 2
    for key in PATH_ARGUMENTS:
        if isinstance(arguments.get(key), str):
            arguments[key] = Path(arguments[key])
    try:
        return function(context, **arguments)
    except (StoreError, OSError) as failure:
        context.err(f"{name}: {failure}")
        return 1
    except (
        Exception
    ) as failure:  # the command's top level: one line for the person, all for the log
        log.exception("command %s failed", name)
        context.err(f"{name} failed: {type(failure).__name__}: {failure}")
        return 1
