"""Tests of the public pages of reports."""
