"""Addresses of reviews, corrections, and what is looked at day by day."""

from django.urls import path

from liuhen.web.views import correction_files, corrections

ONE = "corrections/<number>/"
urlpatterns = [
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/order/", corrections.order_correction, name="order_correction"),
    path("corrections/export/", correction_files.export_corrections, name="export_corrections"),
    path("corrections/pdf/", correction_files.pdf_corrections, name="pdf_corrections"),
    path(ONE, corrections.correction, name="correction"),
    path(f"{ONE}submit/", corrections.submit_correction, name="submit_correction"),
    path(f"{ONE}accept/", corrections.accept_correction, name="accept_correction"),
    path(f"{ONE}return/", corrections.return_correction, name="return_correction"),
    path(f"{ONE}withdraw/", corrections.withdraw_correction, name="withdraw_correction"),
    path(f"{ONE}proof/", corrections.add_proof, name="add_correction_proof"),
    path(f"{ONE}proof/<int:pk>/", correction_files.open_proof, name="open_correction_proof"),
    path(f"{ONE}print/", correction_files.print_correction, name="print_correction"),
    path(f"{ONE}slip/", correction_files.pdf_correction, name="pdf_correction"),
]
