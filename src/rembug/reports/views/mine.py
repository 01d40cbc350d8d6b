"""My page: what waits on this phone, and the receipts that this phone keeps. The server knows none of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.request import Request


@require_safe
def mine(request: Request) -> HttpResponse:
    """Show the frame; the script fills it from the phone's own store."""
    return render(request, "reports/mine.html")
