"""What the worker does after the fact. Each task finds its subject, calls one operation."""

from django_tasks import task

from liuhen.kernel.clock import now


@task(queue_name="default")
def examine(recording_id: int) -> None:
    from liuhen.recordings import examination
    from liuhen.recordings.models import Recording

    examination.examine(Recording.objects.get(pk=recording_id), at=now())


@task(queue_name="default", priority=-10)
def render(recording_id: int) -> None:
    from liuhen.recordings import renditions
    from liuhen.recordings.models import Recording

    renditions.render(Recording.objects.get(pk=recording_id))


@task(queue_name="intake", priority=10)
def take_in(batch_id: int) -> None:
    from liuhen.recordings import intake
    from liuhen.recordings.models import IntakeBatch

    intake.run(IntakeBatch.objects.get(pk=batch_id), clock=now)


@task(queue_name="default", priority=-20)
def listen(recording_id: int) -> None:
    from liuhen.recordings import speech
    from liuhen.recordings.models import Recording

    speech.listen(Recording.objects.get(pk=recording_id), at=now())
