"""The nouns of the store: which log and current-state table each has, and what identifies a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing whose history is a log and whose current state is folded from it.

    Attributes:
        name: Singular noun; the tables are `<name>_event` and `<name>_now`.
        key: Column that identifies it.
        kind: Plural used by sources and the command line, or None where no source brings it.
    """

    name: str
    key: str
    kind: str | None = None

    @property
    def log(self) -> str:
        """Name of its append-only table."""
        return f"{self.name}_event"

    @property
    def now(self) -> str:
        """Name of its current-state table."""
        return f"{self.name}_now"


NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (
        Noun("community", "community_id"),
        Noun("area", "area_id", "areas"),
        Noun("place", "place_id", "places"),
        Noun("device", "device_id", "devices"),
        Noun("worker", "worker_id", "workers"),
        Noun("care_recipient", "care_recipient_id", "care_recipients"),
        Noun("case", "case_id", "cases"),
        Noun("task", "task_id"),
        Noun("notice", "notice_id", "notices"),
        Noun("api_key", "api_key_id"),
        Noun("account", "account_id"),
        Noun("kiosk", "kiosk_id"),
        Noun("source", "source"),
        Noun("building_file", "building_file_id", "building_files"),
        Noun("household", "household_id", "households"),
        Noun("person", "person_id", "persons"),
        Noun("enterprise", "enterprise_id", "enterprises"),
        Noun("consent", "consent_id", "consents"),
        Noun("organisation", "organisation_id"),
        Noun("contact", "contact_id", "contacts"),
        Noun("acknowledgement", "acknowledgement_id"),
        Noun("approval", "approval_id"),
        Noun("rights_request", "request_id"),
        Noun("legal_hold", "hold_id"),
        Noun("export_file", "export_id"),
        Noun("team", "team_id"),
        Noun("team_member", "team_member_id"),
        Noun("shift", "shift_id"),
        Noun("assignment", "assignment_id"),
        Noun("absence", "absence_id"),
        Noun("dispatch", "dispatch_id"),
        Noun("category", "category_id"),
        Noun("message", "message_id"),
        Noun("delivery", "delivery_id"),
        Noun("notify_channel", "channel_id"),
        Noun("notify_route", "route_id"),
        Noun("webhook", "webhook_id"),
        Noun("case_photo", "photo_id"),
        Noun("case_link", "link_id"),
        Noun("video_call", "call_id"),
        Noun("alarm", "alarm_id"),
        Noun("alarm_shelf", "shelf_id"),
        Noun("plan", "plan_id"),
        Noun("plan_run", "run_id"),
        Noun("plan_task", "plan_task_id"),
        Noun("handover", "handover_id"),
        Noun("camera", "device_id", "cameras"),
        Noun("camera_viewing", "viewing_id"),
        Noun("scene", "scene_id"),
        Noun("alarm_strip", "strip_id"),
        Noun("gate", "gate_id"),
        Noun("gate_call", "call_id"),
    )
}
NOUN_OF_KIND = {noun.kind: noun for noun in NOUNS.values() if noun.kind}
