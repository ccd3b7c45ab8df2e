"""What the worker does for keeping. Each task finds its subject and calls one operation."""

from django_tasks import task

from liuhen.kernel.clock import now


@task(queue_name="default")
def execute(disposal_id: int) -> None:
    from liuhen.retention import execution
    from liuhen.retention.models import DisposalList, DisposalState

    found = DisposalList.objects.get(pk=disposal_id)
    if found.state == DisposalState.EXECUTING:
        execution.run(found, clock=now)
