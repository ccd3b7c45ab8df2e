"""Discs and the folder tree: what is kept beside the vault."""

from django.urls import path

from liuhen.web.views import disc_sets, discs, trees

urlpatterns = [
    path("discs/", disc_sets.disc_list, name="discs"),
    path("discs/export/", disc_sets.export_discs, name="export_discs"),
    path("discs/due/", disc_sets.due_list, name="discs_due"),
    path("discs/out/", disc_sets.out_list, name="discs_out"),
    path("discs/new/", disc_sets.new_set, name="new_disc_set"),
    path("discs/<int:pk>/", disc_sets.disc_set, name="disc_set"),
    path("discs/<int:pk>/state/", disc_sets.set_state, name="disc_set_state"),
    path("discs/<int:pk>/labels/", disc_sets.labels, name="disc_labels"),
    path("discs/piece/<int:pk>/image/", disc_sets.take_image, name="take_disc_image"),
    path("discs/piece/<int:pk>/image/again/", disc_sets.image_again, name="disc_image_again"),
    path("discs/piece/<int:pk>/", discs.disc, name="disc"),
    path("discs/piece/<int:pk>/state/", discs.disc_state, name="disc_state"),
    path("discs/piece/<int:pk>/written/", discs.note_written, name="note_disc_written"),
    path("discs/piece/<int:pk>/burn/", discs.burn, name="burn_disc"),
    path("discs/piece/<int:pk>/read-back/", discs.read_back, name="read_disc_back"),
    path("discs/piece/<int:pk>/check/", discs.check, name="check_disc"),
    path("discs/piece/<int:pk>/store/", discs.store, name="store_disc"),
    path("discs/piece/<int:pk>/lend/", discs.lend, name="lend_disc"),
    path("discs/piece/<int:pk>/take-back/", discs.take_back, name="take_disc_back"),
    path("discs/piece/<int:pk>/replace/", discs.replace, name="replace_disc"),
    path("trees/", trees.trees, name="trees"),
    path("trees/runs/", trees.tree_runs, name="tree_runs"),
]
