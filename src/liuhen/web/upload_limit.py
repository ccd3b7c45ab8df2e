"""No file a form sends grows past the largest that is taken: the rest is read and forgotten."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from liuhen.cases.documents import MIB, MOST_MIB

TOO_LARGE = "upload_too_large"
"""Set on the request: a file was left out."""


class Limited(FileUploadHandler):
    """Stands before Django's own handlers; recordings do not come this way (tus)."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.done_bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.done_bytes += len(raw_data)
        if self.done_bytes > MOST_MIB * MIB:
            setattr(self.request, TOO_LARGE, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
