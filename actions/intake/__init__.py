"""What sources hand over: checked, recorded once, or set aside."""
