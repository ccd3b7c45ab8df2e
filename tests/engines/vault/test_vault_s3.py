"""What a bucket can do beyond the contract: locks, versions, parts; and what it may not be."""

import hashlib

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from engines.vault.bucket import LOCK, Clock, bucket, object_count, vault_in
from liuhen.engines.vault import s3_place, s3_sending
from liuhen.engines.vault.contract import Put, Removal
from liuhen.engines.vault.errors import (
    ContentDiffers,
    StillLocked,
    StoreFailed,
    StoreFull,
)
from liuhen.engines.vault.leave import Leave
from liuhen.engines.vault.s3_objects import Objects

KEY = "现场执法记录设备影像资料/2026/11/22/093015_DSJ-01_0123456789ab.mp4"
NAME = f"a/{KEY}"
CONTENT = b"evidence"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock):
    with bucket(clock=clock) as client:
        yield client


@pytest.fixture
def vault(client, clock, tmp_path):
    return vault_in(client, tmp_path, clock)


def stored(vault, content=CONTENT) -> Put:
    temp = vault.new_temp()
    temp.write_bytes(content)
    return vault.put(temp, KEY)


def content_of(vault) -> bytes:
    with vault.open(KEY) as original:
        return original.read()


def remove(vault, sha256=SHA256):
    return vault.remove_expired(KEY, sha256=sha256, leave=Leave(KEY, sha256, event=7))


def fail(client, operation: str, code: str):
    """From now on the store answers this one request with an error."""

    def answer(**_):
        raise ClientError({"Error": {"Code": code}}, operation)

    client.meta.events.register(f"before-call.s3.{operation}", answer)


def test_what_is_stored_is_locked_by_its_version(vault, client, clock):
    stored(vault)
    until = vault.stat(KEY).locked_until
    assert abs(until - clock() - LOCK).total_seconds() < 60
    [version] = client.list_object_versions(Bucket="evidence")["Versions"]
    with pytest.raises(ClientError):
        client.delete_object(Bucket="evidence", Key=NAME, VersionId=version["VersionId"])


@pytest.mark.enforces("originals")
def test_while_the_lock_holds_nothing_is_removed_and_until_when_is_said(vault):
    stored(vault)
    with pytest.raises(StillLocked, match="UTC"):
        remove(vault)
    assert content_of(vault) == CONTENT


def test_what_lay_over_the_original_goes_with_it_and_leaves_nothing(vault, client, clock):
    stored(vault)
    client.put_object(Bucket="evidence", Key=NAME, Body=b"intruder")
    client.delete_object(Bucket="evidence", Key=NAME)
    assert content_of(vault) == CONTENT
    clock.ahead = 2 * LOCK
    assert remove(vault) == Removal.REMOVED
    assert object_count(client) == 0


def test_one_written_over_and_hidden_is_still_the_original(vault, client):
    stored(vault)
    client.put_object(Bucket="evidence", Key=NAME, Body=b"intruder")
    client.delete_object(Bucket="evidence", Key=NAME)
    assert (content_of(vault), vault.stat(KEY).size_bytes) == (CONTENT, 8)
    assert list(vault.keys()) == [KEY]
    assert stored(vault) == Put.ALREADY_THERE


def test_another_content_than_was_sealed_is_not_removed_when_the_lock_is_over(vault, clock):
    stored(vault)
    clock.ahead = 2 * LOCK
    with pytest.raises(ContentDiffers):
        remove(vault, "0" * 64)
    assert content_of(vault) == CONTENT


def test_a_removal_broken_off_after_the_first_version_is_finished(vault, client, clock):
    stored(vault)
    client.put_object(Bucket="evidence", Key=NAME, Body=b"intruder")
    clock.ahead = 2 * LOCK
    newest, _oldest = vault._objects.versions(KEY)
    vault._objects.delete(KEY, newest.version_id)
    assert (remove(vault), remove(vault)) == (Removal.REMOVED, Removal.NOT_THERE)


def test_a_lock_is_prolonged_and_never_shortened(vault, clock):
    stored(vault)
    assert vault.keep_until(KEY, clock() + 2 * LOCK)
    until = vault.stat(KEY).locked_until
    assert vault.keep_until(KEY, clock() + LOCK)
    assert vault.stat(KEY).locked_until == until


def test_a_store_that_ignores_the_lock_is_found_out_before_anything_is_acknowledged(vault, client):
    client.meta.events.register(
        "before-parameter-build.s3.PutObjectRetention",
        lambda params, **_: params["Retention"].update(Mode="GOVERNANCE"),
    )
    with pytest.raises(StoreFailed, match="lock_not_kept"):
        stored(vault)


def test_killed_before_the_lock_it_is_locked_the_next_time(vault, client, clock):
    client.put_object(Bucket="evidence", Key=NAME, Body=CONTENT)
    assert vault.stat(KEY).locked_until is None
    assert stored(vault) == Put.ALREADY_THERE
    assert vault.stat(KEY).locked_until > clock()


def test_what_comes_back_different_is_not_acknowledged_and_does_not_stay(vault, client):
    client.meta.events.register(
        "before-parameter-build.s3.PutObject",
        lambda params, **_: (
            params.update(Body=b"evidenCe", ContentMD5="") or params.pop("ContentMD5")
        ),
    )
    with pytest.raises(StoreFailed, match="read_back_differs"):
        stored(vault)
    assert object_count(client) == 0


def test_a_long_one_goes_in_parts_each_with_its_md5(vault, client, monkeypatch):
    monkeypatch.setattr(s3_sending, "LEAST_PART_BYTES", 5 << 20)
    seen = []
    client.meta.events.register(
        "before-parameter-build.s3.UploadPart",
        lambda params, **_: seen.append(params["ContentMD5"]),
    )
    content = bytes(range(256)) * 4096 * 12
    assert stored(vault, content) == Put.STORED
    assert (content_of(vault) == content, len(seen)) == (True, 3)
    assert all(seen)


def test_a_part_refused_leaves_no_parts_behind(vault, client, monkeypatch):
    monkeypatch.setattr(s3_sending, "LEAST_PART_BYTES", 5 << 20)
    fail(client, "UploadPart", "BadDigest")
    with pytest.raises(StoreFailed, match="s3_baddigest"):
        stored(vault, bytes(6 << 20))
    assert "Uploads" not in client.list_multipart_uploads(Bucket="evidence")


def test_parts_a_killed_process_left_are_cleared_away(vault, client, monkeypatch):
    monkeypatch.setattr(s3_sending, "LEAST_PART_BYTES", 5 << 20)
    client.create_multipart_upload(Bucket="evidence", Key=NAME)
    stored(vault, bytes(6 << 20))
    assert "Uploads" not in client.list_multipart_uploads(Bucket="evidence")


@pytest.mark.parametrize("size", [0, 1 << 30, 1 << 40, 5 * (1 << 40)])
def test_parts_are_as_many_and_as_large_as_s3_takes(size):
    each = s3_sending.part_bytes(size)
    assert each >= 5 << 20
    assert -(-size // each) <= 10_000


@pytest.mark.parametrize(
    ("code", "kind"), [("QuotaExceeded", StoreFull), ("SlowDown", StoreFailed)]
)
def test_what_the_store_answers_is_told_as_full_or_failed(vault, client, code, kind):
    fail(client, "PutObject", code)
    with pytest.raises(kind):
        stored(vault)


def test_a_store_that_cannot_be_reached_is_not_taken_for_empty(vault, client):
    def unreachable(**_):
        raise EndpointConnectionError(endpoint_url="https://store.example")

    client.meta.events.register("before-call.s3.ListObjectVersions", unreachable)
    for ask in (
        vault.open,
        vault.stat,
        lambda _key: list(vault.keys()),
        lambda _key: remove(vault),
    ):
        with pytest.raises(StoreFailed):
            ask(KEY)


def probe(client, *, is_locking=True) -> None:
    s3_place.probe(Objects(client, "evidence", "a/"), is_locking=is_locking)


def test_a_bucket_with_locks_passes_the_probe_and_its_probes_are_no_originals(vault, client):
    probe(client)
    assert list(vault.keys()) == []


def test_old_probes_are_cleared_away(client, clock):
    probe(client)
    clock.ahead = LOCK
    probe(client, is_locking=False)
    assert object_count(client) == 0


def test_a_store_whose_lock_can_be_shortened_is_refused():
    with bucket(strict=False) as client, pytest.raises(StoreFailed, match="s3_no_lock"):
        probe(client)


def test_a_bucket_without_locks_or_without_versions_is_refused():
    with bucket(locks=False) as client:
        with pytest.raises(StoreFailed, match="s3_no_versions"):
            probe(client, is_locking=False)
        on = {"Status": "Enabled"}
        client.put_bucket_versioning(Bucket="evidence", VersioningConfiguration=on)
        probe(client, is_locking=False)
        with pytest.raises(StoreFailed):
            probe(client)


def test_without_a_lock_versions_alone_keep_it_and_it_can_be_removed(tmp_path, clock):
    with bucket(locks=False) as client:
        on = {"Status": "Enabled"}
        client.put_bucket_versioning(Bucket="evidence", VersioningConfiguration=on)
        vault = vault_in(client, tmp_path, clock, lock=None)
        stored(vault)
        assert (vault.keep_until(KEY, clock()), vault.stat(KEY).read_only) == (False, False)
        assert remove(vault) == Removal.REMOVED
        assert object_count(client) == 0


def test_a_bucket_that_is_not_there_is_told(tmp_path):
    with bucket(), pytest.raises(StoreFailed, match="nosuchbucket"):
        s3_place.open_bucket("other", prefix="", endpoint="", lock_days=30, spool=tmp_path)


def test_missing_access_keys_are_told(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    boto3.DEFAULT_SESSION = None
    with pytest.raises(StoreFailed, match="s3_"):
        s3_place.open_bucket(
            "b", prefix="", endpoint="http://127.0.0.1:9", lock_days=0, spool=tmp_path
        )
