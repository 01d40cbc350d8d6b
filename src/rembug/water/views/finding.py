"""What is not there is a page that says so."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.http import Http404

from rembug.lib.errors import NotFound

Asked = ParamSpec("Asked")
View = TypeVar("View")


def found(query: Callable[Asked, View], *asked: Asked.args, **named: Asked.kwargs) -> View:
    """Ask a query; `NotFound` becomes the page of missing things."""
    try:
        return query(*asked, **named)
    except NotFound as error:
        raise Http404(error.message) from error
