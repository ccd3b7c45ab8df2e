"""RFC 3161: an authority outside says when a checkpoint was signed, whatever our clock said."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from cryptography import x509
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from liuhen.custody.deviations import Deviation
from liuhen.custody.models import Checkpoint, Timestamp

EVERY = timedelta(hours=1)
"""Between two timestamps: what an hour's log can lose of its date."""
BACKWARDS = timedelta(seconds=1)
"""genTime may be in whole seconds, so a later one may read this much earlier (RFC 3161 2.4.2)."""
SECONDS = 10
MAX_ANSWER_BYTES = 1 << 20
TYPE = "application/timestamp-query"

logger = logging.getLogger("liuhen.custody")


class TokenInvalid(Exception):
    """An authority's answer proves nothing; it is not stored."""


def due(*, at: datetime) -> Timestamp | None:
    """Stamp the newest checkpoint if an hour has passed and the log has grown.

    Trouble on the way is logged and left to the next call: the log never waits for an authority.
    """
    if not settings.LIUHEN_TSA:
        return None
    newest = Checkpoint.objects.order_by("-size").first()
    last = Timestamp.objects.order_by("-size").first()
    if newest is None or (last and last.size >= newest.size):
        return None
    # Whichever clock is ahead: ours that was set back must not end all stamping.
    if last and abs(at - last.gen_time) < EVERY:
        return None
    try:
        return stamp(newest)
    except (OSError, HTTPException, ValueError) as problem:
        logger.warning("no timestamp from %s: %s", settings.LIUHEN_TSA, problem)
    except TokenInvalid as problem:
        logger.error("a bad timestamp from %s: %s", settings.LIUHEN_TSA, problem)
    return None


def stamp(checkpoint: Checkpoint) -> Timestamp:
    """Have the checkpoint's signed note (SHA-256) stamped; keep the answer once it is verified.

    Raises:
        OSError, HTTPException, ValueError: no answer, or settings that cannot be read.
        TokenInvalid: an answer that does not hold.
    """
    signed = checkpoint.note.encode()
    request = TimestampRequestBuilder(signed, HashAlgorithm.SHA256).build()
    answer = ask(settings.LIUHEN_TSA, request.as_bytes())
    response = verified(answer, signed, nonce=request.nonce)
    at = response.tst_info.gen_time
    last = Timestamp.objects.order_by("-gen_time").first()
    if last and at < last.gen_time - BACKWARDS:
        raise TokenInvalid(f"it says {at}, the one before it said {last.gen_time}")
    return Timestamp.objects.create(size=checkpoint.size, token=answer, gen_time=at)


def ask(address: str, query: bytes) -> bytes:
    """The authority's answer by HTTP (RFC 3161 section 3.4)."""
    if not address.startswith(("http://", "https://")):
        raise ValueError("LIUHEN_TSA is no http address")
    request = Request(address, query, {"Content-Type": TYPE})  # noqa: S310 (checked above)
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        content: bytes = answer.read(MAX_ANSWER_BYTES)
    return content


def verified(answer: bytes, signed: bytes, *, nonce: int | None = None) -> TimeStampResponse:
    """The answer, if an authority we trust gave it over SHA-256 of `signed`. Raises TokenInvalid.

    Args:
        nonce: of our own request; None when a stored token is read again.
    """
    try:
        response = decode_timestamp_response(answer)
        builder = VerifierBuilder(roots=list(trusted()), nonce=nonce)
        builder.build().verify_message(response, signed)
        signer = signer_of(response)
    except (VerificationError, ValueError) as problem:
        raise TokenInvalid(str(problem)) from problem
    at = response.tst_info.gen_time
    # `openssl ts -verify` accepts a token dated before its certificate: look ourselves.
    if not signer.not_valid_before_utc <= at <= signer.not_valid_after_utc:
        raise TokenInvalid(f"it says {at}, outside its certificate's validity")
    return response


def signer_of(response: TimeStampResponse) -> x509.Certificate:
    """The certificate that signed, embedded as we ask for it. Raises ValueError."""
    [info] = response.signed_data.signer_infos
    for der in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) == (info.issuer, info.serial_number):
            return certificate
    raise ValueError("the signer's certificate is not embedded")


def trusted() -> tuple[x509.Certificate, ...]:
    """What LIUHEN_TSA_CERT holds. Raises TokenInvalid without it: nothing is trusted unasked."""
    if not settings.LIUHEN_TSA_CERT:
        raise TokenInvalid("LIUHEN_TSA_CERT names no certificate to trust")
    return load(Path(settings.LIUHEN_TSA_CERT))


@cache
def load(path: Path) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_pem_x509_certificates(path.read_bytes()))


def check_stored() -> Iterator[Deviation]:
    """Every stored token against the checkpoint it was given for."""
    before: datetime | None = None
    for row in Timestamp.objects.order_by("size").iterator():
        where = f"timestamp:{row.size}"
        checkpoint = Checkpoint.objects.filter(size=row.size).first()
        if checkpoint is None:
            yield Deviation("log.rolled_back", where, "its checkpoint is gone")
            continue
        try:
            response = verified(bytes(row.token), checkpoint.note.encode())
        except (TokenInvalid, OSError) as problem:
            yield Deviation("log.timestamp_bad", where, str(problem))
            continue
        if response.tst_info.gen_time != row.gen_time:
            yield Deviation("log.columns_changed", where, "the column differs from the token")
        if before and row.gen_time < before - BACKWARDS:
            yield Deviation("log.timestamp_bad", where, "it is earlier than the one before it")
        before = row.gen_time
