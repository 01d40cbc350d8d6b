"""What if: a sea level, ground that sinks, dykes raised or new, pumps, gates, breaches; maps, differences, counts."""
