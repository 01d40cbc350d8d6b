"""Whatever goes wrong under `/api/`, also before a view is reached, is answered as a problem document."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rembug.api.v1.problems import TYPE, problem

Answer = Callable[[HttpRequest], HttpResponseBase]
FOREIGN = ("/api/3/", "/api/action/")  # a public standard with errors of its own shape
# status -> (stable code, what to do)
SAID = {
    400: ("malformed", "Permintaan ini tidak terbaca. Periksa alamat dan isinya."),
    403: ("not-allowed", "Alamat ini bukan untuk umum."),
    404: ("not-found", "Tidak ada apa-apa di alamat ini. Lihat /api/v1/openapi.json."),
    405: ("method-not-allowed", "Pakai cara yang tertulis di Allow."),
    413: ("too-large", "Kiriman terlalu besar."),
    500: ("broken", "Ada yang rusak di sisi kami. Kirim lagi sebentar lagi, dengan kunci yang sama."),
}


class ProblemAnswers:
    """Replaces error pages under `/api/` by problem documents of the same status."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        ours = request.path.startswith("/api/") and not request.path.startswith(FOREIGN)
        if response.status_code < 400 or not ours:
            return response
        if response.headers.get("Content-Type", "").startswith(TYPE):
            return response
        code, detail = SAID.get(response.status_code, SAID[400 if response.status_code < 500 else 500])
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return problem(code, detail, status=response.status_code, headers=kept)
