"""The report flow without JavaScript: one question a page, the answers so far in a signed hidden field."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django import forms
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from rembug.lib.errors import RembugError
from rembug.lib.request import Request
from rembug.people.device import ensure_device
from rembug.reports.forms.flow import DepthForm, DetailForm, PlaceForm, ReviewForm, SinceForm, WhatForm
from rembug.reports.queries.catalogue import Kind, kinds
from rembug.reports.queries.similar import category_of
from rembug.reports.queries.town import Town, town
from rembug.reports.rules.draft import Draft
from rembug.reports.rules.emergency import emergency_words_in
from rembug.reports.rules.flow import Step, after, before
from rembug.reports.rules.submission import Receipt
from rembug.reports.views.draft import fresh, seal, unseal
from rembug.reports.views.place import frame_of, take_place
from rembug.reports.views.review import check_context
from rembug.reports.views.send import send


@dataclass(slots=True)
class Flow:
    """One request of the flow: where it happens and what is known so far."""

    request: Request
    town: Town
    kinds: tuple[Kind, ...]
    draft: Draft
    form: forms.Form | None = None
    problem: str = ""
    emergency: tuple[str, ...] = ()
    map_of: str = ""

    @property
    def kind(self) -> Kind | None:
        """Return the chosen category."""
        return next((kind for kind in self.kinds if kind.code == self.draft.category), None)

    @property
    def is_flood(self) -> bool:
        """Tell whether the chosen category asks for depth."""
        return self.kind is not None and self.kind.is_flood

    def steps(self) -> tuple[Step, ...]:
        """Return the questions of this report."""
        return self.draft.steps(is_flood=self.is_flood)


@require_http_methods(["GET", "HEAD", "POST"])
def flow(request: Request) -> HttpResponse:
    """Show the first question, or take an answer and show the next; the last answer sends the report."""
    here = Flow(request, town(request.city), kinds(request.city), fresh())
    ensure_device(request)
    if request.method != "POST":
        return _begin(here)
    draft = unseal(request)
    if draft is None:
        here.problem = gettext("Halaman ini sudah lama. Mulai lagi dari sini.")
        return page(here, "what")
    here.draft = draft
    step = request.POST.get("step", "what")
    if step not in TAKERS:
        return page(here, here.draft.first_open(is_flood=here.is_flood))
    if "back" in request.POST:
        return _back(here, cast(Step, step))
    return TAKERS[step](here)


def resume(request: Request) -> HttpResponse:
    """Show a question again whose page was open too long: its answers and words are kept, nothing is sent.

    No device is named here: the cookie of the phone may only have been held back. The next good answer names it.
    """
    here = Flow(request, town(request.city), kinds(request.city), fresh())
    draft, step = unseal(request), request.POST.get("step", "what")
    if draft is None or step not in TAKERS:
        here.problem = gettext("Halaman ini sudah lama. Mulai lagi dari sini.")
        return page(here, "what", status=403)
    here.draft = draft
    here.problem = gettext("Halaman ini terbuka terlalu lama. Isian Anda masih di sini. Tekan sekali lagi.")
    _keep_typed(here, step)
    return page(here, cast(Step, step), status=403)


def _begin(here: Flow) -> HttpResponse:
    wanted = here.request.GET.get("hal", "")
    ward = here.town.ward(here.request.GET.get("wilayah", "")[:24])
    here.draft.area_code = ward.code if ward else ""  # a first guess: asked for again, with the map on it
    seen = here.request.GET.get("kejadian", "")[:16]
    if seen:  # "I see it too": the report joins that happening
        wanted = category_of(here.request.city, seen)
        here.draft.joins_incident = seen if wanted else ""
    if any(kind.code == wanted for kind in here.kinds):
        here.draft.category = wanted
        return page(here, after("what", here.steps()))
    return page(here, "what")


def _back(here: Flow, step: Step) -> HttpResponse:
    _keep_typed(here, step)
    return page(here, before(step, here.steps()))


def _keep_typed(here: Flow, step: str) -> None:
    """Keep what was typed on a page that is left without an answer."""
    if step == "review":
        _keep_review(here.draft, ReviewForm(here.request.POST))
    if step == "place":
        here.draft.landmark = here.request.POST.get("landmark", "")[:200]


def _take_what(here: Flow) -> HttpResponse:
    form = WhatForm(here.request.POST, kinds=here.kinds)
    if not form.is_valid():
        return _again(here, "what", form)
    here.draft.category = form.cleaned_data["category"]
    return page(here, after("what", here.steps()))


def _take_depth(here: Flow) -> HttpResponse:
    form = DepthForm(here.request.POST)
    if not form.is_valid():
        return _again(here, "depth", form)
    here.draft.depth_class = form.cleaned_data["depth_class"]
    return page(here, after("depth", here.steps()))


def _take_since(here: Flow) -> HttpResponse:
    form = SinceForm(here.request.POST)
    if not form.is_valid():
        here.draft.since = here.request.POST.get("since", "")
        return _again(here, "since", form)
    here.draft.since, here.draft.setting = form.cleaned_data["since"], form.cleaned_data["setting"]
    return page(here, after("since", here.steps()))


def _take_detail(here: Flow) -> HttpResponse:
    if here.kind is None:
        return page(here, "what")
    form = DetailForm(here.request.POST, kind=here.kind)
    here.draft.answers = {
        question.code: here.request.POST[question.field]
        for question in here.kind.questions
        if here.request.POST.get(question.field) in dict(question.choices)
    }
    return page(here, after("detail", here.steps())) if form.is_valid() else _again(here, "detail", form)


def _take_place(here: Flow) -> HttpResponse:
    form = PlaceForm(here.request.POST, town=here.town)
    valid = form.is_valid()
    here.draft.landmark = here.request.POST.get("landmark", "")[:200]
    if not valid:
        return _again(here, "place", form)
    taken = take_place(here.draft, here.town, here.request.POST, form.cleaned_data)
    here.problem, here.map_of = taken.problem, taken.map_of
    return page(here, after("place", here.steps()) if taken.done else "place")


def _take_review(here: Flow) -> HttpResponse:
    form = ReviewForm(here.request.POST, here.request.FILES)
    valid = form.is_valid()
    _keep_review(here.draft, form)
    missing = here.draft.first_open(is_flood=here.is_flood)
    if missing != "review":
        return page(here, missing)
    if not valid:
        return _again(here, "review", form)
    found = emergency_words_in(here.draft.text, here.town.emergency_words)
    if found and not here.draft.warned:
        here.draft.warned, here.emergency = True, found
        return page(here, "review")
    if "check" in here.request.POST:
        return page(here, "review")
    return _send(here, form)


def _send(here: Flow, form: ReviewForm) -> HttpResponse:
    submission = here.draft.submission(
        city=here.request.city, language=(get_language() or "id")[:2], is_flood=here.is_flood
    )
    try:
        receipt = send(here.request, submission, form.cleaned_data["photo"])
    except RembugError as error:
        here.problem = " ".join([error.message, *(fault.message for fault in error.faults)])
        return page(here, "review", status=error.status)
    except (DatabaseError, TimeoutError):  # the page holds everything; a second send is the same report
        here.problem = gettext(
            "Laporan belum pasti tersimpan. Isian Anda masih di sini. Kirim lagi sebentar lagi."
        )
        return page(here, "review", status=503)
    return _thanks(here, receipt)


def _thanks(here: Flow, receipt: Receipt) -> HttpResponse:
    if receipt.token:
        return redirect(reverse("reports:receipt", args=[receipt.token]) + "?baru=1")
    return render(here.request, "reports/flow_known.html", {"receipt": receipt})


def _keep_review(draft: Draft, form: ReviewForm) -> None:
    words = form.data.get("text", "")
    draft.warned = draft.warned and words == draft.text
    draft.text = words[:2000]
    draft.visibility = "private" if form.data.get("visibility") == "private" else "public"
    draft.signed_name = form.data.get("signed_name", "")[:200]
    if "joins_incident" in form.data:  # asked only where something similar is near
        draft.joins_incident = form.data["joins_incident"][:16]


def _again(here: Flow, step: Step, form: forms.Form) -> HttpResponse:
    here.form = form
    return page(here, step, status=422)


TAKERS: dict[str, Callable[[Flow], HttpResponse]] = {
    "what": _take_what,
    "depth": _take_depth,
    "since": _take_since,
    "detail": _take_detail,
    "place": _take_place,
    "review": _take_review,
}


def _given(here: Flow, step: Step, sealed: str) -> str:
    """Return what the page's script goes on from: answers given before it came, or the happening seen too."""
    if step == "what" or not (here.request.method == "POST" or here.draft.joins_incident):
        return ""
    values = {name: value for name, value in here.draft.to_json().items() if value not in (None, "", {})}
    plain = {name: value for name, value in values.items() if name not in ("client_id", "warned")}
    return json.dumps(
        {
            "from": sealed if here.request.method == "POST" else here.draft.joins_incident,
            "step": step,
            "v": plain,
        }
    )


def page(here: Flow, step: Step, *, status: int = 200) -> HttpResponse:
    """Render one question. The other questions lie in an inert template for the script, also when offline."""
    steps = here.steps()
    map_of = here.map_of or (here.draft.area_code if here.draft.lon is None else "")
    sealed = seal(here.draft)
    context = {
        "step": step,
        "number": steps.index(step) + 1 if step in steps else 1,
        "total": len(steps),
        "draft": here.draft,
        "sealed": sealed,
        "given": _given(here, step, sealed),
        "served": here.draft.category if step == "detail" else "",
        "town": here.town,
        "kinds": here.kinds,
        "kind": here.kind,
        "form": here.form,
        "problem": here.problem,
        "emergency": here.emergency,
        "frame_of": map_of,
        "frame": frame_of(here.town, map_of),
        "near": here.town.ward(map_of),
        **(check_context(here.request, here.draft, here.town, here.kind) if step == "review" else {}),
    }
    response = render(here.request, "reports/flow.html", context, status=status)
    # Without no-store, the browser's own back button shows the earlier question again instead of an error.
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response
