"""Every address, app by app."""

from django.urls import URLPattern, URLResolver, include, path, re_path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("rembug.api.v1.urls")),  # first: intake is asked most often
    re_path(r"^api/(?:3/)?action/", include("rembug.api.ckan.urls")),  # CKAN's clients ask at both
    path("open311/v2/", include("rembug.api.open311.urls")),
    path("cap/", include("rembug.api.cap.urls")),
    path("ogc/", include("rembug.api.ogc_features.urls")),
    path("", include("rembug.api.dcat.urls")),
    path("", include("rembug.people.urls.accounts")),
    path("", include("rembug.people.urls")),
    path("", include("rembug.audit.urls")),
    path("", include("rembug.water.urls")),
    path("", include("rembug.confidential.urls")),
    path("", include("rembug.reports.urls")),
    path("", include("rembug.cases.urls")),
    path("", include("rembug.alerts.urls")),
    path("", include("rembug.calls.urls")),
    path("", include("rembug.meetings.urls")),
    path("", include("rembug.deliberation.urls")),
    path("", include("rembug.commitments.urls")),
    path("", include("rembug.learning.urls")),
    path("", include("rembug.evidence.urls")),
    path("", include("rembug.web.urls")),
]
handler400 = "rembug.web.views.errors.bad_request"
handler403 = "rembug.web.views.errors.denied"
handler404 = "rembug.web.views.errors.missing"
handler500 = "rembug.web.views.errors.broken"
