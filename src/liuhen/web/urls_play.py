from django.urls import URLPattern, path

from liuhen.web.views import activity_player

urlpatterns: list[URLPattern] = [
    path(
        "activities/<number>/player/",
        activity_player.activity_player,
        name="activity_player",
    ),
]
