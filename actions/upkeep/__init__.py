"""What keeps the installation well: warnings, the daily look, the nightly backup."""
