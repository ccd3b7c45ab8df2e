"""Addresses of appraisal, of disposal registers and of the storage page."""

from django.urls import path

from liuhen.web.views import appraisals, disposal_files, disposals, storage

LIST = "disposal/<number>/"
urlpatterns = [
    path("appraisal/", appraisals.appraisals, name="appraisals"),
    path("appraisal/appraise/", appraisals.appraise, name="appraise"),
    path("appraisal/<number>/look/", appraisals.look_to_appraise, name="look_to_appraise"),
    path("appraisal/draw/", appraisals.draw, name="draw_disposal"),
    path("disposal/", disposals.disposals, name="disposals"),
    path(LIST, disposals.disposal_list, name="disposal"),
    path(f"{LIST}submit/", disposals.submit, name="submit_disposal"),
    path(f"{LIST}take-out/", disposals.take_out, name="take_out_of_disposal"),
    path(f"{LIST}decide/", disposals.decide, name="decide_disposal"),
    path(f"{LIST}revoke/", disposals.revoke, name="revoke_disposal"),
    path(f"{LIST}witness/", disposals.witness, name="witness_disposal"),
    path(f"{LIST}copies/", disposals.copies_gone, name="disposal_copies_gone"),
    path(f"{LIST}go-on/", disposals.go_on, name="go_on_with_disposal"),
    path(f"{LIST}print/", disposal_files.printed, name="print_disposal"),
    path(f"{LIST}pdf/", disposal_files.pdf, name="pdf_disposal"),
    path(f"{LIST}export/", disposal_files.export, name="export_disposal"),
    path(f"{LIST}certificate/", disposal_files.certificate, name="disposal_certificate"),
    path(
        f"{LIST}certificate/pdf/",
        disposal_files.certificate_pdf,
        name="pdf_disposal_certificate",
    ),
    path("storage/", storage.storage_page, name="storage"),
]
