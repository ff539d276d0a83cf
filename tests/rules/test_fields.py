"""The registry of personal fields holds every one there is: of files, mappings and all tables."""

from __future__ import annotations

import pytest

from components.wording import CATALOGUE
from data.store import Store
from ingest.files.mapping import PEOPLE_KINDS
from ingest.files.mapping_files import SHIPPED, read_mapping
from rules.fields import (
    CONSENT_PURPOSES,
    FIELDS,
    KEEP_FROM,
    PURPOSES,
    completeness,
    consent_needed,
    field_of,
    forbidden_word,
    resting_on,
    sealed_fields,
)
from rules.fields_elsewhere import ELSEWHERE, REGISTRY
from rules.records import PERSONAL_KINDS, RECORDS
from rules.residents import PersonRecord

# Columns that hold ids, codes, times, hashes and counts wherever they stand.
NEUTRAL = {
    "accepted", "acknowledgement_id", "action", "actor", "also_communities", "applied_at",
    "approved_by", "asked_at", "asked_by", "asked_role", "attribution", "batch", "basis",
    "before_event_id", "carried_out_at", "category", "change_id", "changed_at", "channel", "class",
    "closed_at", "code", "column_checks", "completeness", "contact_role", "created_at",
    "csv_sha256", "deadline_at", "decided_at", "decided_by", "decided_role", "deleted_at",
    "due_at", "ended_at", "error", "escalated_at", "expires_at", "failures", "fetched", "field",
    "fields_changed", "file", "good_at", "happened_at", "heading_deg", "held", "holder_kind",
    "ids_hash", "is_demo", "kind", "level", "limit_kind", "limit_value",
    "location_flag", "locked_until", "mac", "made_at", "method", "mode", "must_change", "noun",
    "oldest_at", "on_duty", "outcome", "part", "position", "prev_mac", "published_at",
    "purpose", "quarantined", "received_at", "recorded_at", "register", "removed_at",
    "reported_at", "result", "reviewed", "revoked_at", "role", "row_count", "row_hash",
    "row_number", "rule_version", "secret_hash", "seen_at", "seq", "services", "signed_in_at",
    "since", "source", "source_crs", "source_flag", "source_version", "state", "status", "step",
    "subjects", "timezone", "token_hash", "topic", "totp_confirmed", "totp_last_step", "undoes",
    "until", "updated_at", "urgency", "version", "work_days", "work_from", "work_until",
    "written_at", "xlsx_sha256", "sealed_at", "content_hash", "event_kind", "owner_kind",
    "subject_kind", "refusal", "proof", "requester", "identity_check", "consent_purpose",
    "handled_by", "key_id", "label", "detail", "asked_action", "asked_actor", "asked_deadline_at",
    "called_back_at", "clock_extensions", "clock_pauses", "clock_started_at",
    "deadline_provisional", "merged_into", "rating", "reached", "report_check", "responded_at",
    "return_count", "rework_count", "source_status", "step_deadline_at", "step_started_at",
    "supervised_at", "supervision", "suspended_from", "verification", "assignee_kind",
    "finished_at", "reasons", "requested_by", "sent_at", "starts", "ends", "first_on", "last_on",
    "weekdays", "days", "every_days", "start_at", "end_at", "request_key", "gaps",
    "answered_at", "answered_by", "caller", "height", "size_bytes", "started_at", "width",
    "attempts", "category_group", "event_body", "event_types", "facts", "http_status", "key_hash",
    "keywords", "language", "next_at", "organisation_kind", "questions", "recipient", "responders",
    "rotated_at", "alarms", "incoming", "outgoing", "overdue", "shift_ended_at", "shift_started_at",
    "taken_at", "standard_ref", "target_kind", "tried_at",
    "acknowledged_at", "acknowledged_by", "alert_at", "changed_by", "cleared_at", "closed_by",
    "confirm_by", "confirmation", "confirmed_by", "destroyed_at", "device_known", "document",
    "drill", "ended_by", "first_at", "gathered", "gathered_at", "is_default", "last_at",
    "shortfalls", "signals", "started_by", "until_at", "verdict",
    "filed_with_police", "fov_deg", "glances", "legal_class", "range_m", "retention_days", "scheme",
    "seconds", "sign_posted", "site", "viewer", "viewer_role",
    "close_minute", "direction", "open_minute", "points", "sensitivity",
    "calls_on", "opens_on", "moments", "pictures", "pre_event",
    "day", "frozen_s", "hidden_s", "live_s", "moved_s", "refused_s", "stalled_s",
    "confidence", "finding", "found_at", "parameters", "thing", "thing_confidence",
}  # fmt: skip
# Columns that would be personal in another table, and why they are not in this one.
NOT_PERSONAL = {
    "area": {"name_zh", "name_en", "geometry", "lon", "lat", "households", "residents", "code"},
    "community": {"name_zh", "name_en", "lon", "lat", "households", "residents"},
    "place": {"name_zh", "name_en", "geometry", "lon", "lat", "raw_x", "raw_y", "accuracy_m",
              "floors", "households"},
    "device": {"name_zh", "name_en", "lon", "lat", "raw_x", "raw_y", "accuracy_m"},
    "case": {"locality", "lon", "lat", "raw_x", "raw_y", "accuracy_m"},  # ends at the building
    "notice": {"title_zh", "title_en"},
    "contact": {"post_zh", "post_en"},  # a post, never a person
    "organisation": {"name_zh", "name_en"},
    "team": {"name_zh", "name_en"},
    "category": {"name_zh", "name_en"},
    "plan": {"title_zh", "title_en"},
    "plan_run": {"title_zh", "title_en"},
    "setup_change": {"name"},  # of a place or area
    "camera": {"owner"},  # a unit, never a person
    "scene": {"name"},  # of a lane, wall or yard
    "gate": {"name_zh", "name_en"},
    "personal_field": {"sealed", "index_hash"},  # the registry's own home
}  # fmt: skip


def tables(store: Store) -> dict[str, set[str]]:
    """Columns of every table but the ones of current state, by noun or table name."""
    rows = store.cursor().execute(
        "from information_schema.columns select table_name, column_name where table_schema='main'"
    )
    found: dict[str, set[str]] = {}
    for table, column in rows.fetchall():
        if not table.endswith("_now"):
            found.setdefault(table.removesuffix("_event"), set()).add(column)
    return found


def unclassified(found: dict[str, set[str]]) -> list[str]:
    """Columns that are neither registered nor known to be impersonal."""
    left = []
    for table, columns in found.items():
        for column in sorted(columns):
            neutral = column in NEUTRAL or column.endswith("_id") or column.endswith("_ids")
            known = (table, column) in REGISTRY or column in NOT_PERSONAL.get(table, ())
            if not neutral and not known:
                left.append(f"{table}.{column}")
    return left


def test_every_column_of_every_table_is_registered_or_known_to_be_impersonal(store: Store) -> None:
    assert not unclassified(tables(store)), "register it in rules/fields.py or say why not, above"


def test_a_personal_column_nobody_registered_is_found() -> None:
    assert unclassified({"person": {"person_id", "name", "shoe_size"}}) == ["person.shoe_size"]
    assert unclassified({"worker": {"worker_id", "full_name"}}) == ["worker.full_name"]


def test_no_log_holds_a_sealed_field(store: Store) -> None:
    for (subject, name), field in FIELDS.items():
        if field.sealed:
            assert name not in tables(store)[subject], f"{subject}.{name} is sealed"


@pytest.mark.parametrize("kind", sorted(PERSONAL_KINDS - {"contacts"}))  # their numbers: below
def test_every_field_a_row_about_people_may_bring_is_registered(kind: str) -> None:
    plumbing = {"source_id", "version", "building", "visit_every_days", "care_consent_on",
                "guardian_consent_on"}  # fmt: skip
    subject = kind.removesuffix("s")
    for name in set(RECORDS[kind].model_fields) - plumbing:
        assert field_of(subject, name) is not None, f"{subject}.{name}"


def test_the_numbers_of_contacts_are_registered_where_they_lie() -> None:
    numbers = {name for name in RECORDS["contacts"].model_fields if "number" in name}
    assert numbers == {"work_number", "after_number"}
    assert ELSEWHERE["contact_number", "sealed"].mask == "phone"


def test_every_mapping_about_people_reads_registered_fields_only() -> None:
    read = [read_mapping(path) for path in sorted(SHIPPED.glob("*.toml"))]
    assert {m.kind for m in read} >= PERSONAL_KINDS
    for mapping in read:
        if mapping.kind in PEOPLE_KINDS:
            assert not [h for h in mapping.headings if forbidden_word(h)]


@pytest.mark.parametrize("field", REGISTRY.values(), ids=lambda f: f"{f.subject}.{f.name}")
def test_a_field_says_what_for_and_how_long(field) -> None:
    assert field.purpose in PURPOSES
    assert field.keep is None or (field.keep.after in KEEP_FROM and field.keep.days >= 0)
    assert f"field_purpose.{field.purpose}" in CATALOGUE
    assert f"basis.{field.basis}" in CATALOGUE
    if field.separate:
        assert (field.sensitivity, field.basis) == ("sensitive", "consent")
        assert field.consent in CONSENT_PURPOSES
    if field.sealed and field.subject in ("person", "household", "enterprise"):
        assert field.keep is not None  # nothing about a person is kept for ever
        assert f"field.{field.name}" in CATALOGUE
    if field.sensitivity in ("personal", "sensitive") and (field.subject, field.name) in FIELDS:
        assert field.sealed or field.name == "person_id"


def test_health_and_need_ask_for_consent_and_everything_of_a_child_does() -> None:
    care, name = FIELDS["person", "care_category"], FIELDS["person", "name"]
    assert consent_needed(care, guarded=False) == "care_service"
    assert consent_needed(name, guarded=False) is None
    assert consent_needed(name, guarded=True) == "minor_file"
    assert set(resting_on("minor_file")) == {f.name for f in sealed_fields("person")}
    assert set(resting_on("care_service")) == {"care_category", "care_need"}
    assert "phone" in resting_on("contact") and "name" not in resting_on("contact")


def test_completeness_is_the_share_of_expected_fields() -> None:
    assert completeness("person", set()) == 0
    expected = {f.name for f in FIELDS.values() if f.subject == "person" and f.expected}
    assert completeness("person", expected | {"employer"}) == 1
    assert completeness("person", set(list(expected)[:5])) == round(5 / len(expected), 3)
    assert "care_category" not in expected  # a file is whole without it


FORBIDDEN = [
    "是否有犯罪前科", "信访情况", "宗教信仰", "民族", "吸毒史", "精神障碍等级", "重点人员类别",
    "标签", "政治面貌", "Ethnicity", "religion_code", "mental health", "risk score", "ＤＲＵＧ use",
]  # fmt: skip
ALLOWED = ["姓名", "现住址", "environmental note", "government office", "trace id", "与户主关系"]


@pytest.mark.parametrize("heading", FORBIDDEN)
def test_a_column_no_register_may_hold_is_known_by_its_heading(heading: str) -> None:
    assert forbidden_word(heading) is not None


@pytest.mark.parametrize("heading", ALLOWED)
def test_other_columns_pass(heading: str) -> None:
    assert forbidden_word(heading) is None


def test_no_field_is_registered_twice_and_none_is_a_forbidden_one() -> None:
    assert not FIELDS.keys() & ELSEWHERE.keys()
    assert not [name for name in PersonRecord.model_fields if forbidden_word(name)]
