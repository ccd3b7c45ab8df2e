"""How gunicorn serves: a file, so that `gunicorn -c python:liuhen.ops.web_server` is the same."""

import gc
import multiprocessing
import os
from pathlib import Path
from typing import Any

wsgi_app = "liuhen.config.wsgi"
bind = os.environ.get("LIUHEN_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = min(4, max(2, multiprocessing.cpu_count()))
threads = 8
preload_app = True
timeout = 120
# A browser on an office PC keeps its connection between two clicks.
keepalive = 30
# Nobody steers the server but the command that started it.
control_socket_disable = True
# Headers of uploads are small; bodies are streamed, never limited by memory.
limit_request_line = 8190
loglevel = os.environ.get("LIUHEN_LOG", "WARNING").lower()
# Heartbeats in memory: on a busy disk a slow one would get a healthy worker killed.
MEMORY = Path("/dev/shm")  # noqa: S108 (gunicorn makes private files there)
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None


def when_ready(server: Any) -> None:
    """Before the workers part from it: what is loaded once and for all is searched for garbage no
    more, which held up a request for 0.2 s now and then."""
    from django.urls import get_resolver

    _loaded = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
