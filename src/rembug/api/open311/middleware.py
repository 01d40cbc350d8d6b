"""Whatever goes wrong under `/open311/`, also before a view is reached, is answered in the form that was asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rembug.api.open311.wire import Refused, error

Answer = Callable[[HttpRequest], HttpResponseBase]
BEGINS = "/open311/"
KEPT = ("Allow", "Retry-After")


class StandardErrors:
    """Replaces pages of errors under `/open311/` by the standard's error of the same status, in XML or JSON."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith(BEGINS):
            return response
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        form = "json" if request.path.endswith(".json") else "xml"
        ours = response.status_code >= 500
        words = (
            "Ada yang rusak di sisi kami. Kirim lagi sebentar lagi."
            if ours
            else "Permintaan ini tidak terbaca."
        )
        found = error(form, Refused((str(response.status_code), words), status=response.status_code))
        for name in KEPT:
            if name in response.headers:
                found.headers[name] = response.headers[name]
        return found
