"""One size of a photo: to everybody once a person has released it, before that to who looks after its area."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.reports.queries.photo_files import photo_file

# Its bytes never change; an hour, because a photo that is taken down must be gone from caches soon.
PUBLIC = "public, max-age=3600, immutable"
PRIVATE = "private, no-store"


@require_safe
def photo(request: Request, name: str, side: str) -> HttpResponseBase:
    """Send the JPEG. The address holds a random name and a size that the pattern lets through, nothing else."""
    try:
        found = photo_file(name, int(side), actor=request.actor, city=request.city)
        with default_storage.open(found.key) as file:
            data = file.read()
    except (NotFound, FileNotFoundError) as error:
        raise Http404("Foto ini tidak ada.") from error
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = PUBLIC if found.is_public else PRIVATE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer["Content-Disposition"] = f'inline; filename="{name}-{side}.jpg"'
    etag = f'"{name}-{side}"'
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
