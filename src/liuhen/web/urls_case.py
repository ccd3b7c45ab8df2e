"""Cases, parties, papers, dossiers, required fields."""

from django.urls import path

from liuhen.web.views import case_files, documents, parties, party_merging, required

urlpatterns = [
    path("cases/", case_files.case_list, name="cases"),
    path("cases/export/", case_files.export_cases, name="export_cases"),
    path("cases/open/", case_files.open_case, name="open_case"),
    path("cases/<int:pk>/", case_files.case, name="case"),
    path("cases/<int:pk>/edit/", case_files.edit_case, name="edit_case"),
    path("cases/<int:pk>/close/", case_files.close_case, name="close_case"),
    path("cases/<int:pk>/reopen/", case_files.reopen_case, name="reopen_case"),
    path("cases/<int:pk>/parties/", case_files.add_case_party, name="add_case_party"),
    path(
        "cases/<int:pk>/parties/<int:entry>/remove/",
        case_files.remove_case_party,
        name="remove_case_party",
    ),
    path("documents/add/", documents.add_document, name="add_document"),
    path("documents/<int:pk>/", documents.open_document, name="open_document"),
    path("documents/<int:pk>/withdraw/", documents.withdraw_document, name="withdraw_document"),
    path("parties/", parties.party_list, name="parties"),
    path("parties/add/", parties.add_party, name="add_party"),
    path("parties/twins/", party_merging.party_twins, name="party_twins"),
    path("parties/twins/<int:pk>/apart/", party_merging.hold_apart, name="hold_apart"),
    path("parties/merges/", party_merging.party_merges, name="party_merges"),
    path("parties/merges/<int:pk>/decide/", party_merging.decide_merge, name="decide_merge"),
    path("parties/merges/<int:pk>/withdraw/", party_merging.withdraw_merge, name="withdraw_merge"),
    path("parties/<int:pk>/", parties.party, name="party"),
    path("parties/<int:pk>/edit/", parties.edit_party, name="edit_party"),
    path("parties/<int:pk>/number/", parties.show_party_number, name="show_party_number"),
    path("parties/<int:pk>/merge/", party_merging.propose_merge, name="propose_merge"),
    path("parties/<int:pk>/print/", parties.print_dossier, name="print_dossier"),
    path("parties/<int:pk>/dossier/", documents.export_dossier, name="export_dossier"),
    path("required/", required.required_fields, name="required"),
    path("required/fill/", required.fill_required, name="fill_required"),
]
