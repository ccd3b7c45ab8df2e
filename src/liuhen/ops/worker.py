"""The one background worker of an embedded installation."""

import fcntl
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand

POLL_SECONDS = 0.5
ROUND_SECONDS = 5.0
"""The watched folder is looked at this often; two equal looks mean a file is at rest."""

REST_SECONDS = 0.2
"""After each transaction of a long run; SQLite lets who waits to write look every 0.1 s."""

FINISH_PATIENCE_SECONDS = 12.0
"""For window recordings to be finished; `serve` waits 15 s for its worker to end."""

WINDOW_SECONDS = 1.0
"""How soon a window camera's loss, return or change of settings is noticed."""

COPY_SECONDS = 10.0
"""How soon the second copy is looked to again; a disk that is away is asked no oftener."""

STAMP_SECONDS = 60.0
"""How soon a timestamp is asked for again when an authority did not answer."""

MOST_TRIES = 5
"""A task that took its worker down this often is left as failed, for a person to look at."""


@subcommand("worker")
def command(say: Say, folder: DataDir) -> Answer:
    """Work off the queue: intakes, examinations, renditions, the watched folder."""
    lock = take_lock(folder.root / "worker.lock")
    if lock is None:
        message = "已有后台进程在运行，本次不再启动。"
        say.problem(message)
        return {"ok": False, "refused": "worker.running", "message": message}
    stop = threading.Event()
    stop_on_signals(stop)
    run(stop)
    return {"ok": True}


def stop_on_signals(stop: threading.Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


def take_lock(path: Path) -> int | None:
    """An open, locked descriptor; the kernel gives the lock back when this process ends."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def run(stop: threading.Event) -> None:
    """Three queues beside each other: an hour's intake or a disc holds up no examination."""
    requeue_orphans()
    from liuhen.recordings import derived, examination
    from liuhen.retention import execution

    derived.sweep()
    examination.catch_up()
    execution.catch_up()
    threads = [
        threading.Thread(target=work_off, args=(queue, stop), daemon=True)
        for queue in ("intake", "default", "exports")
    ]
    # By itself: a silent authority holds up no intake.
    threads.append(threading.Thread(target=stamping, args=(stop,), daemon=True))
    # By itself: a slow second disk or bucket holds up nothing.
    threads.append(threading.Thread(target=copying, args=(stop,), daemon=True))
    # By itself: a camera is called again within a second, whatever else goes on.
    cameras = threading.Thread(target=recording_windows, args=(stop,), daemon=True)
    for thread in (*threads, cameras):
        thread.start()
    rounds(stop)
    # Segments under way are finished; the parts of one that is not, the next start finishes.
    cameras.join(timeout=FINISH_PATIENCE_SECONDS)
    # A task under way is idempotent and queued again at the next start: no need to wait long.
    for thread in threads:
        thread.join(timeout=2)


def requeue_orphans() -> None:
    """Tasks a killed worker left running; the lock says that no other worker has them."""
    from django_tasks_db.models import DBTaskResult

    for task in DBTaskResult.objects.running():
        again = len(task.worker_ids) < MOST_TRIES
        DBTaskResult.objects.filter(pk=task.pk).update(status="READY" if again else "FAILED")


def work_off(queue: str, stop: threading.Event) -> None:
    """One task at a time, so that `stop` is heard between two."""
    from django_tasks_db.management.commands.db_worker import Worker

    while not stop.is_set():
        worker = Worker(
            queue_names=[queue],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=f"{os.getpid()}-{queue}",
            excluded_queue_names=[],
        )
        guarded(worker.run)
        if not has_ready(queue):
            stop.wait(POLL_SECONDS)


def has_ready(queue: str) -> bool:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().filter(queue_name=queue).exists()


def rounds(stop: threading.Event) -> None:
    from liuhen.access import grants
    from liuhen.cases import following
    from liuhen.duties.rounds import Rounds
    from liuhen.kernel.clock import now
    from liuhen.people import sessions, tries
    from liuhen.recordings import uploads
    from liuhen.recordings.watching import Watch
    from liuhen.retention import execution
    from liuhen.retention import following as keeping
    from liuhen.statistics import event_counts
    from liuhen.supervision.breaches import following as suspecting

    def rest() -> None:
        stop.wait(REST_SECONDS)

    watch, owed = Watch(), Rounds(rest=rest)
    expired_at = now() - timedelta(days=1)
    while not stop.is_set():
        guarded(lambda: watch.round(at=now()))
        guarded(lambda: following.catch_up(at=now(), rest=rest))
        guarded(lambda: keeping.catch_up(at=now(), rest=rest))
        guarded(lambda: owed.go(at=now()))
        guarded(lambda: suspecting.catch_up(at=now(), rest=rest))
        guarded(lambda: event_counts.catch_up(rest=rest))
        if now() - expired_at > timedelta(hours=1):
            guarded(lambda: uploads.expire(at=now()))
            guarded(lambda: sessions.sweep(at=now()))
            guarded(lambda: tries.sweep(at=now()))
            guarded(lambda: grants.end_expired(at=now()))
            guarded(execution.catch_up)  # a store that was away may be back
            expired_at = now()
        stop.wait(ROUND_SECONDS)


def stamping(stop: threading.Event) -> None:
    """Have the log's head timestamped when it is due and an authority is configured."""
    from liuhen.custody import timestamps
    from liuhen.kernel.clock import now

    while not stop.is_set():
        guarded(lambda: timestamps.due(at=now()))
        stop.wait(STAMP_SECONDS)


def copying(stop: threading.Event) -> None:
    """Fill the second copy, where there is one."""
    from liuhen.kernel.clock import now
    from liuhen.recordings.copying import Rounds

    copies = Rounds()
    while not stop.is_set():
        guarded(lambda: copies.go(clock=now, stop=stop.is_set))
        stop.wait(COPY_SECONDS)


def recording_windows(stop: threading.Event) -> None:
    """One recorder for each window camera that is on. The thread lives as long as they do: the
    kernel ends a child when the thread that started it is gone."""
    from liuhen.kernel.clock import now
    from liuhen.recordings.window_crew import Crew

    crew = Crew(guard=guarded)
    while not stop.is_set():
        guarded(lambda: crew.round(at=now()))
        stop.wait(WINDOW_SECONDS)
    crew.end()


def guarded(action: Callable[[], object]) -> None:
    """One round's failure (a locked database, a full disk) is logged and the next one tried."""
    import logging

    from django.db import close_old_connections

    try:
        action()
    except Exception:
        logging.getLogger("liuhen.worker").exception("a round failed; going on")
        close_old_connections()
