"""A browser of one window on the system's WebKitGTK that keeps its data, run by the system's own Python.

WebKitGTK's MiniBrowser forgets everything when a driver leads it; a phone does not.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

folder = Path(sys.argv[1])
stores = WebKit2.WebsiteDataManager(
    base_data_directory=str(folder / "data"), base_cache_directory=str(folder / "cache")
)
context = WebKit2.WebContext(website_data_manager=stores)
context.set_preferred_languages(["id"])
context.set_automation_allowed(True)
window = Gtk.Window(default_width=360, default_height=640)


def _page(_session: WebKit2.AutomationSession) -> WebKit2.WebView:
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window.add(view)
    window.show_all()
    return view


context.connect("automation-started", lambda _context, session: session.connect("create-web-view", _page))
Gtk.main()
