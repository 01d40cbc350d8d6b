"""What people report, weighed and learnt from.

Is it true, how deep is it elsewhere, at what level does a place flood.
"""
