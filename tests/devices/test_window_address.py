"""Addresses with passwords: read, kept, and shown without."""

import pytest

from devices.window_cast import ADDRESS, PASSWORD, WHOLE
from liuhen.devices import window_address as addresses
from liuhen.kernel.refusal import Refusal


def test_a_password_is_put_into_the_address_and_taken_out_again():
    assert addresses.read(ADDRESS, PASSWORD) == WHOLE
    assert addresses.without_password(WHOLE) == ADDRESS


def test_one_pasted_within_the_address_is_taken_as_it_is():
    assert addresses.read(f" {WHOLE} ") == WHOLE
    assert addresses.has_password(WHOLE)


def test_the_kept_password_goes_on_only_for_the_same_place():
    assert addresses.read(ADDRESS.replace("101", "201"), kept=WHOLE) == WHOLE.replace("101", "201")
    with pytest.raises(Refusal) as no:
        addresses.read(ADDRESS.replace("192.168.1.64", "10.0.0.9"), kept=WHOLE)
    assert no.value.code == "devices.window_password_needed"


def test_an_ipv6_host_and_no_sign_in():
    assert addresses.read("rtsp://[fe80::1]:8554/a") == "rtsp://[fe80::1]:8554/a"
    assert addresses.without_password("rtsp://a:b@[fe80::1]/x") == "rtsp://a@[fe80::1]/x"


@pytest.mark.parametrize(
    "address",
    [
        "", "http://a/", "rtsp://", "rtsp:///x", "file:///etc/passwd", "rtsp://a:99999/x",
        "rtsp://a/x y", "rtsp://a/\nx", "rtsp://a/" + "x" * 600, "rtsp://[::1/x",
    ],
)  # fmt: skip
def test_what_is_no_camera_is_refused(address):
    with pytest.raises(Refusal) as no:
        addresses.read(address)
    assert no.value.code == "devices.bad_window_address"


def test_a_password_needs_a_name():
    with pytest.raises(Refusal):
        addresses.read("rtsp://192.168.1.64/x", "secret")
