"""Walks the report flow as a browser without JavaScript does: it presses buttons that stand on the page."""

from typing import Any

from django.test import Client
from lxml import html


class Walker:
    """One person with one page open. `taps` counts the buttons pressed."""

    def __init__(self, client: Client, path: str = "/lapor/") -> None:
        self.client = client
        self.taps = 0
        self.open(client.get(path))

    def open(self, response: Any) -> None:
        """Read a page."""
        self.response = response
        self.page = html.fromstring(response.content.decode())
        for template in self.page.iter("template"):  # a browser without script shows nothing of it
            template.clear()

    @property
    def form(self) -> Any:
        """Return the flow's form."""
        return self.page.cssselect("form[data-flow]")[0]

    def fields(self) -> dict[str, Any]:
        """Return what the form would send without its buttons."""
        return {name: value for name, value in self.form.form_values()}  # noqa: C416 - pairs of lxml, typed Any

    def buttons(self, name: str) -> list[str]:
        """Return the values of the buttons of a name."""
        return [
            str(found.get("value")) for found in self.form.cssselect(f"button[name={name}]:not([hidden])")
        ]

    def press(self, name: str, value: str = "1", **typed: Any) -> "Walker":
        """Type into fields, then press one button that is there."""
        assert value in self.buttons(name), f"no button {name}={value} on this page: {self.heading()}"
        self.taps += 1
        self.open(self.client.post("/lapor/", {**self.fields(), **typed, name: value}))
        return self

    def tap_map(self, x: int, y: int) -> "Walker":
        """Tap on the picture of the city."""
        self.taps += 1
        self.open(self.client.post("/lapor/", {**self.fields(), "spot.x": str(x), "spot.y": str(y)}))
        return self

    def heading(self) -> str:
        """Return the question of this page."""
        return str(self.page.cssselect("h1")[0].text_content()).strip()

    def text(self) -> str:
        """Return the words on the page, spaces evened out."""
        return " ".join(self.page.cssselect("main")[0].text_content().split())

    def send(self, **typed: Any) -> Any:
        """Press Kirim and return the answer itself."""
        assert self.buttons("send")
        self.taps += 1
        answer = self.client.post("/lapor/", {**self.fields(), **typed, "send": "1"})
        if answer.status_code != 302:
            self.open(answer)
        return answer
