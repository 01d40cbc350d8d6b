"""`{% load cases %}`: a step in words."""

from django import template
from django.utils.translation import get_language

from rembug.cases.models import Step
from rembug.cases.rules.states import NAMES

register = template.Library()


@register.filter
def told(step: Step) -> str:
    """`Dijawab. Lampu diganti hari Kamis.`"""
    english = (get_language() or "id") == "en"
    state = NAMES[step.state][english] if step.state in NAMES else ""
    return ". ".join(part for part in (state, step.public) if part)
