"""Open participation: residents propose, support and are heard."""

SLUG = "participation"
