"""A real S3-compatible server on loopback, and a bucket in it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from cops.settings import variables
from cops.storage.s3 import S3Storage

BUCKET = "portail"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    number = free_port()
    log = tmp_path_factory.mktemp("s3") / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(number)],
            stdout=output, stderr=output,
        )  # fmt: skip
    end = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{number}/", timeout=2).close()
            break
        except urllib.error.HTTPError:
            break
        except OSError:
            if time.monotonic() > end or server.poll() is not None:
                pytest.fail(log.read_text()[-2000:])
            time.sleep(0.1)
    yield number
    server.terminate()
    server.wait(10)


def storage_of(port: int, folder: str = "", bucket: str = BUCKET) -> S3Storage:
    url = f"s3://cle:se%2Fcret@127.0.0.1:{port}/{bucket}/{folder}?region=fr-par&tls=non"
    return S3Storage(**variables.storage(url))


@pytest.fixture(scope="module")
def bucket(port):
    storage_of(port).client.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "fr-par"}
    )


@pytest.fixture
def storage(port, bucket, request):
    return storage_of(port, folder=request.node.name)
