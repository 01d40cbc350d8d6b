"""Tests of the water app."""
