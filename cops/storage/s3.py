"""Django's storage over an S3-compatible service (Scaleway, OVHcloud, Ceph, MinIO, AWS…)."""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Iterator
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils import timezone
from django.utils.functional import cached_property

IN_MEMORY = 2_000_000  # bytes of a file being read; the rest of it goes to a temporary file
_ABSENT = {"404", "NoSuchKey", "NotFound"}


class StorageAway(OSError):
    """The service did not answer, or refused; callers treat it as a disk that fails."""


class S3Storage(Storage):
    """Files of one private bucket; read and written by the portal alone.

    Nothing is ever public: a file reaches a visitor through a view, which knows who may
    read it and with which headers. As with a folder, a free name is kept and a taken one
    changed; but no lock stands between the look and the write, so whoever saves draws a random
    name, as our services do.
    """

    def __init__(
        self, *, endpoint: str, region: str, bucket: str, key: str, secret: str, prefix: str = ""
    ) -> None:
        self.endpoint = endpoint
        self.region = region
        self.bucket = bucket
        self.key = key
        self.secret = secret
        self.prefix = prefix

    @cached_property
    def client(self) -> Any:
        """Made at the first use, after the fork; safe to share between threads."""
        import boto3  # a large library, which a portal with a disk never loads
        from botocore.config import Config

        return boto3.session.Session().client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=self.region,
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
            config=Config(
                signature_version="s3v4",
                connect_timeout=5,
                read_timeout=20,
                retries={"max_attempts": 3, "mode": "standard"},
                # What every compatible service understands, not only the first of them.
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def delete(self, name: str) -> None:
        with self._told(name):
            self.client.delete_object(Bucket=self.bucket, Key=self._key(name))

    def exists(self, name: str) -> bool:
        try:
            self._head(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        return int(self._head(name)["ContentLength"])

    def get_modified_time(self, name: str) -> datetime:
        changed: datetime = self._head(name)["LastModified"]
        return changed if settings.USE_TZ else timezone.make_naive(changed, UTC)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        start = self._key(path).rstrip("/")
        start = f"{start}/" if start else ""
        folders: list[str] = []
        files: list[str] = []
        with self._told(path):
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=start, Delimiter="/"
            )
            for page in pages:
                for entry in page.get("CommonPrefixes", []):
                    folders.append(entry["Prefix"][len(start) :].rstrip("/"))
                for entry in page.get("Contents", []):
                    if name := entry["Key"][len(start) :]:
                        files.append(name)
        return folders, files

    def url(self, name: str | None) -> str:
        """An address that no route answers, as with a folder: files are given by views."""
        return settings.MEDIA_URL + quote(name or "")

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode not in {"r", "rb"}:
            raise ValueError("a stored file is replaced by save(), never written in place")
        content: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        try:
            with self._told(name):
                self.client.download_fileobj(self.bucket, self._key(name), content)
        except BaseException:
            content.close()
            raise
        content.seek(0)
        return File(content, name)

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        with self._told(name):
            self.client.upload_fileobj(
                _Unclosed(content),
                self.bucket,
                self._key(name),
                # Were the bucket opened by mistake, nothing in it would run in a browser.
                ExtraArgs={
                    "ContentType": "application/octet-stream",
                    "ContentDisposition": "attachment",
                },
            )
        return name

    def _head(self, name: str) -> dict[str, Any]:
        with self._told(name):
            return self.client.head_object(Bucket=self.bucket, Key=self._key(name))

    def _key(self, name: str) -> str:
        return posixpath.join(self.prefix, name.lstrip("/")) if self.prefix else name.lstrip("/")

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """The service's errors as those of a disk: the callers know no service."""
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _ABSENT:
                raise FileNotFoundError(name) from error
            raise StorageAway("the file storage refused") from error
        except (Boto3Error, BotoCoreError) as error:
            raise StorageAway("the file storage did not answer") from error


class _Unclosed:
    """The transfer library closes what it has read; a form's file is still needed after."""

    def __init__(self, content: File) -> None:
        self._content = content

    def read(self, size: int = -1) -> bytes:
        data = self._content.read(size)
        return data.encode() if isinstance(data, str) else data
