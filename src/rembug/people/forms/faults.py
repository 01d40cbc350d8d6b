"""Refusals of an action, shown beside the fields they speak of."""

from django import forms

from rembug.lib.errors import RembugError


def add_faults(form: forms.Form, fault: RembugError) -> None:
    """Add each fault to its field, or the message to the form."""
    for one in fault.faults:
        form.add_error(one.field if one.field in form.fields else None, one.message)
    if not fault.faults:
        form.add_error(None, fault.message)
