"""The reasons a verifier may give, by verdict. Codes are stable; their words are translations."""

REASONS: dict[str, tuple[str, ...]] = {
    "true": ("seen", "photo_fits", "called_witness", "official_source", "measured"),
    "false": ("seen_otherwise", "wrong_place", "wrong_time", "old_photo", "not_about_this", "joke"),
    "unsure": ("mistake", "new_facts"),
}
