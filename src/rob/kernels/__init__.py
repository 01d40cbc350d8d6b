"""Compiled inner loops. They check nothing: the modules that call them do."""
