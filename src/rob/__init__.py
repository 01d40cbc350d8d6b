"""Rob: when, where and how deep the tide will come.

A plain library (NumPy and Numba) for tidal floods in a sinking city: the tide and its residual, the sea level at which
each place floods, the moving flood itself, what people report, and who stands in the water.

The parts, top may import bottom: ``cli > io > scenario > learning > consequences > (flood, onset, tide) > kernels >
types``. Levels are metres above one datum that the caller states, times are UTC, phases are Greenwich phase lags.
"""
