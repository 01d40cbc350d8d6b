"""The tide: constants to curve, curve to high waters and datums, gauge series to constants and residuals."""
