"""The object store: MinIO in the cluster, or anything else that speaks S3."""

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from app.settings import Settings


class StorageError(Exception):
    """The object store can't be reached, or refuses."""


class ObjectStore:
    """Puts objects into the bucket and gets them back; threads may share it."""

    def __init__(self, settings: Settings) -> None:
        self._bucket = settings.s3_bucket_name
        self._client = boto3.client(
            "s3",
            endpoint_url=str(settings.s3_endpoint_url),
            aws_access_key_id=settings.s3_access_key_id.get_secret_value(),
            aws_secret_access_key=settings.s3_secret_access_key.get_secret_value(),
            # The region is part of the signature; MinIO's is this unless it is told another.
            region_name="us-east-1",
            config=Config(
                # The bucket in the path: as part of the host name it would need DNS of its own.
                s3={"addressing_style": "path"},
                # The checksums that newer clients add are unknown to older servers.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 2},
            ),
        )

    def put(self, key: str, data: bytes, content_type: str) -> None:
        try:
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=data, ContentType=content_type
            )
        except (BotoCoreError, ClientError) as error:
            raise StorageError from error

    def get(self, key: str) -> bytes:
        try:
            data: bytes = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except (BotoCoreError, ClientError) as error:
            raise StorageError from error
        return data
