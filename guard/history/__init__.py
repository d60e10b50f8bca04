"""What a change allows itself: its waivers, ignores and settings beside those of its base, by git."""
