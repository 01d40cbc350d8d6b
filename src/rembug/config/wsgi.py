"""The door that the server calls."""

import os

from django.core.wsgi import get_wsgi_application

from rembug.lib.whole_body import only_whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
application = only_whole(get_wsgi_application())
