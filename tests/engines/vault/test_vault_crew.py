import subprocess
import sys

import deadly_verbs
import pytest

from liuhen.engines.vault.crew import Crew, Task
from liuhen.engines.vault.errors import WorkerDied


def crew(verb, processes=2, **keywords):
    return Crew(f"deadly_verbs:{verb.__name__}", processes, keywords.pop("tell", None), **keywords)


def answers(verb, words, processes=2):
    with crew(verb, processes) as workers:
        return {task.key: answer for task, answer in workers.run(Task(w, (w,)) for w in words)}


def test_every_task_is_answered_once():
    words = [f"word {n}" for n in range(300)]
    with crew(deadly_verbs.echo) as workers:
        got = [task.key for task, _ in workers.run(Task(w, (w,)) for w in words)]
    assert sorted(got) == sorted(words)


def test_nothing_to_do_starts_nobody():
    assert answers(deadly_verbs.echo, []) == {}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_killed_worker_costs_its_own_task_only(processes):
    words = [*"abcdefghij", "heavy", *"klmnopqrst"]
    got = answers(deadly_verbs.killed_at, words, processes)
    assert isinstance(got.pop("heavy"), WorkerDied)
    assert got == {word: word for word in words if word != "heavy"}


def test_a_bug_is_told_with_its_trace_and_the_rest_goes_on():
    got = answers(deadly_verbs.buggy, ["fine", "odd"])
    assert got["fine"] == "fine"
    assert "KeyError" in got["odd"].detail


def test_workers_that_cannot_start_fail_each_task_and_end():
    with Crew("no_such_module:verb", 2, None) as workers:
        got = [answer for _, answer in workers.run([Task(1, ()), Task(2, ())])]
    assert [answer.reason for answer in got] == ["worker_died"] * 2


def test_tasks_are_taken_only_a_little_ahead():
    taken = []

    def endless():
        while True:
            taken.append(len(taken))
            yield Task(len(taken), ("x",))

    with crew(deadly_verbs.echo) as workers:
        next(workers.run(endless()))
    assert len(taken) < 500


def test_the_last_progress_counts_everything():
    told = []
    with crew(deadly_verbs.echo, tell=told.append) as workers:
        list(workers.run(Task(n, ("x",), size_bytes=10) for n in range(5)))
    assert (told[-1].done_bytes, told[-1].done_tasks, told[-1].running) == (50, 5, {})


def test_leaving_ends_the_workers_at_once():
    with crew(deadly_verbs.echo) as workers:
        next(workers.run(Task(n, ("x",)) for n in range(100)))
        processes = [worker.process for worker in workers._workers]
    assert all(process.returncode is not None for process in processes)


def test_a_worker_imports_no_framework():
    code = (
        "import sys, liuhen.engines.vault.worker, liuhen.engines.vault.pool;"
        "print(sorted({'django', 'numpy', 'asyncio', 'cryptography'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
