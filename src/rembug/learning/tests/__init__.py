"""Tests of lessons and classes."""
