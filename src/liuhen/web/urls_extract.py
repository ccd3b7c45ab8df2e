"""Evidence: exhibits of a case, extractions, their packages."""

from django.urls import path

from liuhen.web.views import exhibits, extractions

urlpatterns = [
    path("cases/<int:pk>/exhibits/", exhibits.add_exhibit, name="add_exhibit"),
    path(
        "cases/<int:pk>/exhibits/<int:exhibit>/withdraw/",
        exhibits.withdraw_exhibit,
        name="withdraw_exhibit",
    ),
    path("extractions/", extractions.extraction_list, name="extractions"),
    path("extractions/new/", extractions.new_extraction, name="new_extraction"),
    path("extractions/<number>/", extractions.extraction, name="extraction"),
    path("extractions/<number>/note/", extractions.extraction_note, name="extraction_note"),
    path("extractions/<number>/discs/", extractions.new_package_discs, name="new_package_discs"),
    path("extractions/<number>/package/", extractions.take_package, name="take_package"),
]
