"""Ids of page elements that callbacks, scripts and tests refer to."""

from __future__ import annotations

PAGE = "page"
FIRST_PAINT = "first-paint"
RIBBON = "ribbon"
LIVE_STATE = "live-state"
LANGUAGE_SWITCH = "language-switch"

WALL = "wall"
WALL_NAME = "wall-name"
WALL_STRIP = "wall-strip"
WALL_SOURCES = "wall-sources"
WALL_CLOCK = "wall-clock"
WALL_DATE = "wall-date"
WALL_FIGURES = "wall-figures"
WALL_STATUS = "wall-status"
WALL_DAYS = "wall-days"
WALL_ZONES = "wall-zones"
WALL_CATEGORIES = "wall-categories"
WALL_RECENT = "wall-recent"
WALL_NOTICES = "wall-notices"

ONE_MAP = "one-map"
ONE_MAP_CANVAS = "one-map-canvas"
ONE_MAP_LAYERS = "one-map-layers"
ONE_MAP_CARD = "one-map-card"
ONE_MAP_LOCK = "one-map-lock"
ONE_MAP_NOTE = "one-map-note"
ONE_MAP_CREDIT = "one-map-credit"

TICKER = "ticker"
TICKER_TOP = "ticker-top"
TICKER_PAGE = "ticker-page"
TICKER_REST = "ticker-rest"

THEME_SWITCH = "theme-switch"
COMMUNITY_CHOICE = "community-choice"
SKIP_TARGET = "main"
SIGN_OUT = "sign-out"
NAV = "nav"
NAV_OPEN = "nav-open"
SIGN_IN_LOGIN = "login"
SIGN_IN_PASSWORD = "password"
SIGN_IN_CODE = "code"

DESK_LIST = "desk-list"
DESK_FILTERS = "desk-filters"
DESK_SELECTED = "desk-selected"
DESK_TICK = "desk-tick"
DESK_SEARCH = "desk-search"
DESK_STATUS = "desk-status"
DESK_CATEGORY = "desk-category"
DESK_AREA = "desk-area"
DESK_CLEAR = "desk-clear"
DESK_SEGMENTS = "desk-segments"
DESK_COUNT = "desk-count"
DESK_NOTE = "desk-note"
DESK_DETAILS = "desk-details"
DESK_BATCH = "desk-batch"
DESK_BATCH_BAR = "desk-batch-bar"
DESK_BATCH_COUNT = "desk-batch-count"
DESK_BATCH_SAID = "desk-batch-said"

CASE_PRINT = "case-print"
CASE_WORK = ("case-work-request", "case-work-notice", "case-work-body")
CASE_ID = "case-work-id"
CASE_TICK = "case-work-tick"
CASE_ALSO = "case-work-also"

WARNING_STRIP = "warning-strip"

HEALTH = "health"
HEALTH_TICK = "health-tick"

SETUP_REQUEST = "setup-request"
SETUP_BODY = "setup-body"
SETUP_NOTICE = "setup-notice"
SETUP_MAP_CANVAS = "setup-map-canvas"
SETUP_MAP_REQUEST = "setup-map-request"
SETUP_MAP_ANSWER = "setup-map-answer"
SETUP_MAP_PANEL = "setup-map-panel"
SETUP_MAP_NOTICE = "setup-map-notice"
SETUP_MAP_CHANGES = "setup-map-changes"
CONTACT_DIRECTORY = "contact-directory"
CONTACT_SHOW = "contact-show"
CONTACT_COMMUNITY = "contact-community"

AUDIT_OPENED = "audit-opened"
AUDIT_CHAIN = "audit-chain"
AUDIT_CHECK = "audit-check"
AUDIT_LINES = "audit-lines"
AUDIT_PLACE = "audit-place"
AUDIT_OLDER = "audit-older"
AUDIT_NEWER = "audit-newer"
AUDIT_REASON = "audit-reason"
AUDIT_EXPORT = "audit-export"
AUDIT_EXPORT_NOTE = "audit-export-note"
AUDIT_DOWNLOAD = "audit-download"
AUDIT_SUMMARY = "audit-summary"

FILES_QUERY = "files-query"
FILES_SEARCH = "files-search"
FILES_GO = "files-go"
FILES_PAGE = "files-page"
FILES_AREA = "files-area"
FILES_PLACE = "files-place"
FILES_FLAGS = "files-flags"
FILES_RESULTS = "files-results"
FILES_PREVIOUS = "files-previous"
FILES_NEXT = "files-next"
FILES_NEW_NAME = "files-new-name"
FILES_NEW_BUILDING = "files-new-building"
FILES_NEW_RESIDENCE = "files-new-residence"
FILES_NEW_GUARDIAN = "files-new-guardian"
FILES_NEW_SAVE = "files-new-save"
FILES_NEW_SAID = "files-new-said"

FILE_ASKED = "file-asked"
FILE_TICK = "file-tick"
FILE_BODY = "file-body"
FILE_SAID = "file-said"
FILE_FIELD = "file-field"
FILE_VALUE_BOX = "file-value-box"
FILE_VALUE = "file-value"
FILE_SAVE = "file-save"
FILE_LEAVE = "file-leave"
FILE_RETURN = "file-return"
FILE_CADENCE = "file-cadence"
FILE_CADENCE_SAVE = "file-cadence-save"
CONSENT_PURPOSE = "consent-purpose"
CONSENT_BY = "consent-by"
CONSENT_FORM = "consent-form"
CONSENT_ON = "consent-on"
CONSENT_REF = "consent-ref"
CONSENT_GIVE = "consent-give"
CONSENT_ENDED = "consent-ended"
CONSENT_WITHDRAW = "consent-withdraw"

CARE_BODY = "care-body"
CARE_ASKED = "care-asked"
CARE_PAGE = "care-page"
CARE_PREVIOUS = "care-previous"
CARE_NEXT = "care-next"
COUNTS_BODY = "counts-body"
COUNTS_ASKED = "counts-asked"

ACCOUNTS = ("accounts-request", "accounts-notice", "accounts-body")
OUTBOX = ("outbox-request", "outbox-notice", "outbox-body")
CHANNELS = ("channels-request", "channels-notice", "channels-body")
CATALOGUE = ("catalogue-request", "catalogue-notice", "catalogue-body")
CATALOGUE_FILE = "catalogue-file"
CATALOGUE_IMPORT = "catalogue-import"
CATALOGUE_DOWNLOAD = "catalogue-download"
ROSTER = ("roster-request", "roster-notice", "roster-body")
ROSTER_COMMUNITY = "roster-community"
KIOSKS = ("kiosks-request", "kiosks-notice", "kiosks-body")
GATES = ("gates-request", "gates-notice", "gates-body")
KEYS = ("keys-request", "keys-notice", "keys-body")
OWN_ACCOUNT = ("own-account-request", "own-account-notice", "own-account-body")
APPROVALS = ("approvals-request", "approvals-notice", "approvals-body")
RIGHTS = ("rights-request", "rights-notice", "rights-body")
RETENTION = ("retention-request", "retention-notice", "retention-body")

ALARMS_PANEL = "alarms-panel"
ALARMS_NOTE = "alarms-note"
ALARMS_FLOOD = "alarms-flood"
ALARMS_LINES = "alarms-lines"
ALARM_SOUND = "alarm-sound"
ALARM_BELL = "alarm-bell"
ALARM_DESK = ("alarm-desk-request", "alarm-desk-notice", "alarm-desk-body")
ALARM_LIST = "alarm-desk-list"
ALARM_TICK = "alarm-desk-tick"
ALARM_COMMUNITY = "alarm-desk-community"
ALARM_GO = "alarm-desk-go"

PLAN_RIBBON = "plan-ribbon"
PLAN_BOARD = "plan-board"
PLANS = ("plans-request", "plans-notice", "plans-body")
PLAN_RUN = ("plan-run-request", "plan-run-notice", "plan-run-body")
PLAN_RUN_ID = "plan-run-id"
PLAN_RUN_TICK = "plan-run-tick"
PLAN_FILE = "plan-file"
PLANS_ABOUT = "plans-about"
PLANS_GO = "plans-go"
PLAN_EDIT = ("plan-edit-request", "plan-edit-notice", "plan-edit-body")
PLAN_EDIT_OF = "plan-edit-of"
PLAN_DOWNLOAD = "plan-download"
PLAN_EXPORT = "plan-export"

# Shift handover.
HANDOVER = ("handover-request", "handover-notice", "handover-body")

# Pictures of cameras, on wall and desk.
MOSAIC = "mosaic"
MOSAIC_CONTROLS = "mosaic-controls"
CAMERAS_NOTE = "cameras-note"

# The register of cameras.
CAMERA_REGISTER = ("camera-register-request", "camera-register-notice", "camera-register-body")

# Scenes drawn on cameras' pictures.
CAMERA_SCENES = ("camera-scenes-request", "camera-scenes-notice", "camera-scenes-body")

# Stills of cameras and covered copies of a case.
CASE_PICTURES = ("case-pictures-request", "case-pictures-notice", "case-pictures-body")

# Pictures kept with alarms.
ALARM_PICTURES = ("alarm-pictures-request", "alarm-pictures-notice", "alarm-pictures-body")
