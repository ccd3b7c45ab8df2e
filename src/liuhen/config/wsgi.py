import os

os.environ["DJANGO_SETTINGS_MODULE"] = "liuhen.config.settings"

from django.core.wsgi import get_wsgi_application

from liuhen.api.again import ranges_first

application = ranges_first(get_wsgi_application())
