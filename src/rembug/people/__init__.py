"""Persons, bodies, the areas they look after, roles, consent."""
