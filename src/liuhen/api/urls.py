from django.urls import path

from liuhen.api import log, media, pictures, uploads, watching

app_name = "api"
urlpatterns = [
    path("api/uploads/", uploads.uploads, name="uploads"),
    path("api/uploads/<slug:uid>", uploads.upload, name="upload"),
    path("api/recordings/<number>/open", watching.opening, name="opening"),
    path("api/recordings/<number>/marks", watching.mark, name="mark"),
    path("api/recordings/<number>/marks/<int:pk>/remove", watching.unmark, name="unmark"),
    path("api/recordings/<number>/snapshots", watching.snapshot, name="snapshot"),
    path("api/recordings/<number>/speech", watching.speech_heard, name="speech"),
    path("api/recordings/<number>/download", media.download, name="download"),
    path("api/viewings/<int:pk>/close", watching.closing, name="closing"),
    path("media/<ticket>/snapshots/<digest>", watching.snapshot_picture, name="snapshot_picture"),
    path("media/<ticket>/original", media.original, name="original"),
    path("media/<ticket>/rendition", media.rendition, name="rendition"),
    path("recordings/<number>/poster.jpg", pictures.poster, name="poster"),
    path("recordings/<number>/waveform.json", pictures.waveform, name="waveform"),
    path("recordings/<number>/track.json", pictures.track, name="track"),
    path("log/checkpoint", log.checkpoint, name="checkpoint"),
    path("log/cosignatures", log.cosignatures, name="cosignatures"),
    path("log/key", log.key, name="key"),
    path("log/tile/entries/<path:path>", log.entries, name="entries"),
    path("log/tile/<path:path>", log.tile, name="tile"),
]
