"""Makes the upkeep of a running installation: what it watches, backs up and renews."""

from __future__ import annotations

from actions.cameras.scene_watching import detector_trouble
from actions.upkeep.clock import UpkeepClock
from actions.upkeep.state import Installation, Validity
from api.server import TlsFiles
from data.audit import AuditChain, AuditLine
from data.keyring_journal import FILE_NAME as JOURNAL
from data.store import Store
from rules.upkeep import BackupState
from settings import DEFAULT_FILE, Settings, SettingsInvalid


def upkeep_clock(
    store: Store, settings: Settings, tls: TlsFiles | None, audit: AuditChain
) -> UpkeepClock:
    """Return the thread that looks after the machine, not started yet.

    Args:
        store: The open store.
        settings: Folders, times and what is listened on.
        tls: The certificate in use.
        audit: Gets a line for every nightly backup: it is a copy of everything.
    """

    def note(state: BackupState) -> None:
        good = state.error is None
        audit.record(
            AuditLine(
                action="backup.take",
                result="done" if good else "failed",
                actor="system",
                role="",
                community_id="",
                subject_kind=None,
                subject_id=None,
                field=None,
                case_id=None,
                purpose=None,
                reason=None,
                origin=None,
                detail=None if good else state.error,
            )
        )

    return UpkeepClock(
        store,
        audit,
        _installation(settings, store),
        renew=tls.renew if tls is not None else lambda: False,
        on_backup=note,
    )


def _installation(settings: Settings, store: Store) -> Installation:
    def certificate() -> Validity | None:
        if settings.tls_cert is None or settings.tls_key is None:
            return None
        from settings.certificate import read_certificate

        try:
            found = read_certificate(settings.tls_cert, settings.tls_key)
        except SettingsInvalid:  # half a renewal; the one in use goes on, the log says so
            return None
        return found.not_before, found.not_after

    return Installation(
        var=settings.var,
        keys=settings.keys,
        settings_file=DEFAULT_FILE,
        backup_folder=settings.backup_folder if settings.backup.enabled else None,
        backup_at=settings.backup.at,
        keep_days=settings.backup.keep_days,
        erasures=settings.keys / JOURNAL,
        insecure_http=settings.insecure_http and not settings.on_loopback and not settings.tls,
        certificate=certificate,
        detector=lambda: detector_trouble(store),
    )
