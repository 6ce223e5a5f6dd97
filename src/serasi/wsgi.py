"""The WSGI door for granian and any other server.

Django imports views, context processors and the page of a refused form when they are first asked for. A server that
runs while an upgrade is laid over its files would mix old and new; so all of it is imported before the first request.
What was loaded then stays for good: the collector of garbage need not walk through it in the middle of a page, which
took 60 ms of every thirtieth one.
"""

import gc
import os
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
TEMPLATE_OPTIONS: dict[str, Any] = settings.TEMPLATES[0]["OPTIONS"]  # type: ignore[assignment]
for named in (settings.CSRF_FAILURE_VIEW, *TEMPLATE_OPTIONS["context_processors"]):
    import_string(named)
gc.collect()
gc.freeze()
