"""Addresses of reviews, corrections, and what is looked at day by day."""

from django.urls import path

from liuhen.web.views import (
    correction_files,
    corrections,
    review_files,
    review_items,
    reviews,
    watching,
    watching_files,
)

ONE, REVIEW = "corrections/<number>/", "reviews/<number>/"
ITEM = f"{REVIEW}items/<int:position>/"
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
    path("daily-check/", watching.daily_check, name="daily_check"),
    path("daily-check/enter/", watching.enter_daily_check, name="enter_daily_check"),
    path("daily-check/export/", watching_files.export_daily_checks, name="export_daily_checks"),
    path("remote/", watching.remote_supervision, name="remote_supervision"),
    path("playback/", watching.playback, name="playback"),
    path("playback/enter/", watching.enter_playback, name="enter_playback"),
    path("playback/finish/", watching.finish_playback, name="finish_playback"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", reviews.new_review, name="new_review"),
    path("reviews/form/", review_files.review_form, name="review_form"),
    path("reviews/form/import/", review_files.import_review_form, name="import_review_form"),
    path("reviews/form/template/", review_files.review_form_template, name="review_form_template"),
    path("reviews/form/errors/", review_files.review_form_errors, name="review_form_errors"),
    path(REVIEW, reviews.review, name="review"),
    path(f"{REVIEW}draw/", reviews.draw_review, name="draw_review"),
    path(f"{REVIEW}announce/", reviews.announce_review, name="announce_review"),
    path(f"{REVIEW}close/", reviews.close_review, name="close_review"),
    path(f"{REVIEW}abandon/", reviews.abandon_review, name="abandon_review"),
    path(f"{REVIEW}replace/", reviews.replace_reviewer, name="replace_reviewer"),
    path(f"{REVIEW}print/", review_files.print_review, name="print_review"),
    path(f"{REVIEW}pdf/", review_files.pdf_review, name="pdf_review"),
    path(f"{REVIEW}export/", review_files.export_review, name="export_review"),
    path(ITEM, review_items.review_item, name="review_item"),
    path(f"{ITEM}score/", review_items.score_item, name="score_review_item"),
    path(f"{ITEM}object/", review_items.object_to_item, name="object_review_item"),
    path(f"{ITEM}answer/", review_items.answer_objection, name="answer_review_objection"),
    path(f"{ITEM}print/", review_files.print_review_sheet, name="print_review_sheet"),
    path(f"{ITEM}pdf/", review_files.pdf_review_sheet, name="pdf_review_sheet"),
]
