"""Who and what stands in the water, as ranges: counts first, money last."""
