"""What-ifs: read by anyone, asked by a facilitator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from rembug.lib.errors import Invalid, NotFound
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.water.actions.scenario import ask
from rembug.water.forms import ScenarioForm
from rembug.water.queries import scenarios as queries
from rembug.water.queries.overlay import rings_of
from rembug.water.rules.exposure import InWater
from rembug.water.rules.picture import change_map, height_of
from rembug.water.views.finding import found

WEEK_S = 7 * 86_400


@require_safe
def listing(request: Request) -> HttpResponse:
    """All what-ifs, and the ranges that they use."""
    facts = queries.works(request.city)
    context = {
        "scenarios": queries.scenarios(request.city),
        "facts": facts,
        "sinking": [
            (", ".join(places.label(request.city, code) for code in row.codes), row)
            for row in (facts.outlook.sinking if facts else ())
        ],
        "may_ask": request.actor.may("facilitator", "coordinator", "administrator", city=request.city),
    }
    return render(request, "water/scenarios.html", context)


@require_safe
def page(request: Request, code: str) -> HttpResponse:
    """One what-if: who stays dry, who gets wetter, the map."""
    view = found(queries.scenario, request.city, code.upper())
    context = {
        "view": view,
        "facts": queries.works(request.city),
        "others": [
            row for row in queries.scenarios(request.city) if row.code != view.code and row.state == "done"
        ],
        "height": _height(request.city, view.code),
    }
    return render(request, "water/scenario.html", context)


@require_safe
def compare(request: Request) -> HttpResponse:
    """Two what-ifs side by side."""
    first = found(queries.scenario, request.city, request.GET.get("a", "").upper())
    second = found(queries.scenario, request.city, request.GET.get("b", "").upper())
    left, right = ({row.code: row for row in one.areas} for one in (first, second))
    rows = [(left[code], right[code]) for code in left if code in right]
    rows.sort(key=lambda pair: -max(pair[0].share_after, pair[1].share_after))
    context = {
        "first": first,
        "second": second,
        "pair": (first, second),
        "rows": [row for row in rows if max(row[0].share_before, row[0].share_after, row[1].share_after) > 0],
        "standing": _standing(first, second),
        "height": _height(request.city, first.code),
    }
    return render(request, "water/compare.html", context)


@require_safe
def picture(request: Request, code: str) -> HttpResponse:
    """Where water is new, stays, or stays away."""
    before, after, ground = found(queries.depths, request.city, code.upper())
    response = HttpResponse(
        change_map(before, after, ground, rings_of(request.city)), content_type="image/png"
    )
    patch_cache_control(response, public=True, max_age=WEEK_S)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask a what-if; the same one twice leads to the first."""
    facts = queries.works(request.city)
    if facts is None:
        raise Http404(gettext("Kota ini belum punya data air laut."))
    form = ScenarioForm(request.POST or None, facts=facts)
    if request.method == "POST" and form.is_valid():
        try:
            row = ask(
                actor=request.actor,
                city=request.city,
                title=form.cleaned_data["title"],
                change=form.change(),
                by=_body(request),
            )
        except NotFound as error:
            form.add_error(None, error.message)
        except Invalid as error:
            for fault in error.faults:
                form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
        else:
            messages.success(request, gettext("Skenario masuk antrean. Hasilnya muncul di halaman ini."))
            return redirect("water:scenario", code=row.code)
    return render(request, "water/scenario_new.html", {"form": form, "facts": facts})


def _standing(first: queries.ScenarioView, second: queries.ScenarioView) -> list[tuple[InWater, InWater]]:
    other = {row.kind: row for row in second.in_water}
    return [(row, other[row.kind]) for row in first.in_water if row.kind in other]


def _body(request: Request) -> str:
    mine = [grant.body for grant in request.actor.grants if grant.city == request.city and grant.body]
    return mine[0] if mine else ""


def _height(city: str, code: str) -> int:
    try:
        return height_of(queries.depths(city, code)[2])
    except NotFound:
        return 0
