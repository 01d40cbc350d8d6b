"""The door that the server calls."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from rembug.lib.whole_body import only_whole

# Many threads wait for the database and few reckon. One that has its answer gets the interpreter after half a
# millisecond, not after Python's five: the writer of intake waits for it a dozen times a batch.
SWITCH_S = 0.0005

sys.setswitchinterval(SWITCH_S)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
application = only_whole(get_wsgi_application())
