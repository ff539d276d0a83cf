"""What can stand against a step of setting up, as named facts; nothing was changed by it."""

from __future__ import annotations

from rules.errors import RuleViolation


class SetupRefused(RuleViolation):
    """A step of setting up that cannot be taken; show the sentence, let the person correct it."""

    code = "setup_refused"


class ChangedMeanwhile(SetupRefused):
    """Somebody else, or a source, has changed the object since it was read; read it again."""

    code = "changed_meanwhile"


class OutlineMissing(SetupRefused):
    """A new area has to be drawn."""

    code = "outline_missing"


class PositionMissing(SetupRefused):
    """A new object has to stand somewhere."""

    code = "position_missing"


class OutlineTooFew(SetupRefused):
    """Fewer than three different corners enclose nothing."""

    code = "outline_too_few"


class OutlineTooMany(SetupRefused):
    """More corners than a drawn outline may have."""

    code = "outline_too_many"


class OutlineCrossing(SetupRefused):
    """The outline crosses or touches itself at `lon`, `lat`."""

    code = "outline_crossing"


class OutlineEmpty(SetupRefused):
    """The outline encloses less than a square metre, or nothing is left of it after cutting."""

    code = "outline_empty"


class OutlineTooLarge(SetupRefused):
    """The outline is wider than any community."""

    code = "outline_too_large"


class OutlineInParts(SetupRefused):
    """Cutting would leave several parts; draw each as its own."""

    code = "outline_in_parts"


class OutlineUnreadable(SetupRefused):
    """Not one polygon in degrees."""

    code = "outline_unreadable"


class Overlap(SetupRefused):
    """The outline covers a part of others of its kind: `names`, `area_m2`."""

    code = "outline_overlap"


class OutsideBoundary(SetupRefused):
    """A part of the outline lies outside the community: `area_m2`."""

    code = "outline_outside"


class PositionUnreadable(SetupRefused):
    """Not a position in degrees."""

    code = "position_unreadable"


class PositionFar(SetupRefused):
    """The position lies `distance_km` from the community: the frame or the order is wrong."""

    code = "position_far"


class InUse(SetupRefused):
    """Other records hang on the object; move them first."""

    code = "setup_in_use"


class CallsignTaken(SetupRefused):
    """Another worker of the community has this callsign."""

    code = "callsign_taken"


class StepUnknown(SetupRefused):
    """There is no such step in this community."""

    code = "setup_step_unknown"
