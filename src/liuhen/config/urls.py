from django.urls import include, path

urlpatterns = [
    path("", include("liuhen.api.urls")),
    path("", include("liuhen.web.urls")),
]
