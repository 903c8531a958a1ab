"""Which addresses are called at all: by one strict pattern, read in one way."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.transport.targets import RefusedError, is_public, target_of


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "header"),
    [
        ("https://hooks.example/a?b=c&d=%20", "hooks.example", 443, "/a?b=c&d=%20", 0),
        ("http://hooks.example", "hooks.example", 80, "/", 0),
        ("https://Hooks.Example:443/", "hooks.example", 443, "/", 0),
        ("http://hooks.example:443/", "hooks.example", 443, "/", "hooks.example:443"),
        ("https://93.184.215.14/x", "93.184.215.14", 443, "/x", 0),
        (
            "https://[2606:2800:21f::1]/",
            "2606:2800:21f::1",
            443,
            "/",
            "[2606:2800:21f::1]",
        ),
    ],
)
def test_plain_addresses_are_read(url, host, port, path, header):
    target = target_of(url)

    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.host_header == (header or host)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example/a",
        "ftp://hooks.example/",
        "gopher://hooks.example/",
        "HTTPS://hooks.example/",
        "https:hooks.example",
        "https:///hooks.example",
        "https://hooks.example/a b",
        "https://hooks.example/ä",
        "https://hooks.example/\r\nHost: other",
        "https://hooks.example/\n",
        "https://bücher.example/",
        "https://hooks.example./",
        "https://hooks..example/",
        "https://-hooks.example/",
        "https://hooks_.example/",
        "https://hooks/",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 130}example/",
        f"https://hooks.example/{'a' * 2000}",
        "https://hooks.example:8080/",
        "https://hooks.example:22/",
        "https://hooks.example:99999/",
        "https://hooks.example:/",
        "https://[2606:2800:21f::1%25eth0]/",
        "https://1.1.1.1.1/",
        "https://1.1.1/",
        "https://999.1.1.1/",
    ],
)
def test_what_is_not_plain_is_refused(url):
    with pytest.raises(RefusedError):
        target_of(url)


@pytest.mark.parametrize(
    "address",
    [
        *("0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255"),
        *("127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1"),
        *("172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
        *("192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        "168.63.129.16",
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:1.1.1.1"),
        *("64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1"),
        *("2002:7f00:1::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1"),
        *("fec0::1", "ff02::1", "5f00::1", "4000::1"),
    ],
)
def test_addresses_that_are_nobody_elses_are_closed(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1"),
        *("172.15.255.255", "172.32.0.1", "192.169.0.1", "223.255.255.255"),
        *("2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888"),
    ],
)
def test_public_addresses_are_open(address):
    assert is_public(ip_address(address))


@given(st.ip_addresses())
def test_nothing_that_python_calls_local_is_open(address):
    """Two lists, kept by others and by us, agree on the side that matters."""
    if not address.is_global or address.is_multicast:
        assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_no_way_of_wrapping_an_address_is_open(inner):
    number = int(inner)
    wrapped = [
        ip_network("::ffff:0:0/96")[number],
        ip_network("64:ff9b::/96")[number],
        ip_network("::/96")[number],
        ip_network("2002::/16")[number << 80],
    ]
    assert not any(is_public(address) for address in wrapped)
