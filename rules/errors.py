"""What a rule can object to, as named facts with a code; wording lives in components/wording."""

from __future__ import annotations


class RuleViolation(Exception):
    """A value or a step that the rules do not allow.

    Attributes:
        code: Stable snake_case code; `components/wording` has a sentence for it in both languages.
        fields: The values that sentence needs.
    """

    code = "rule_violation"

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(f"{self.code}: {fields}" if fields else self.code)


class RowRejected(RuleViolation):
    """A row of an input that cannot be taken; it goes to quarantine, the batch goes on.

    Attributes:
        field: Name of the field at fault, or None where the row as a whole is.
        message: What is wrong, in plain English for the sender's log.
    """

    def __init__(self, code: str, field: str | None, message: str) -> None:
        super().__init__(field=field, message=message)
        self.code = code
        self.field = field
        self.message = message
