"""Meetings: invitation, attendance, minutes, and a follow-up plan that is chased until it is done."""
