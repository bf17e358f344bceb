"""What a web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from zhiben.law.judge import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
application = get_wsgi_application()
settle()
