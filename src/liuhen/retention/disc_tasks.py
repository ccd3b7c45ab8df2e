"""What the worker does for discs. Each task finds its subject, calls one operation."""

from django_tasks import task

from liuhen.kernel.clock import now


@task(queue_name="exports")
def make_image(disc_id: int) -> None:
    from liuhen.retention import disc_images
    from liuhen.retention.models import Disc

    beside = ("image__disc_set__agency",)
    disc_images.make(Disc.objects.select_related(*beside).get(pk=disc_id), at=now())


@task(queue_name="exports", priority=10)
def do_job(job_id: int) -> None:
    from liuhen.retention import disc_jobs
    from liuhen.retention.models import DiscJob

    disc_jobs.run(DiscJob.objects.get(pk=job_id), clock=now)


@task(queue_name="exports")
def export_tree(run_id: int) -> None:
    from liuhen.retention import tree_runs
    from liuhen.retention.models import TreeExport

    tree_runs.run(TreeExport.objects.get(pk=run_id), clock=now)
