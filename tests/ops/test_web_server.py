"""What gunicorn is told."""

import gc

from liuhen.ops import web_server


def test_what_is_loaded_for_good_is_not_searched_for_garbage_again():
    before = gc.get_freeze_count()
    try:
        web_server.when_ready(None)
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
