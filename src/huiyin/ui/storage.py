"""Static files under fingerprinted names, compressed; plain names where nothing was collected (tests, development)."""

from __future__ import annotations

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """As WhiteNoise's, but a file that was not collected keeps its plain name instead of failing the page."""

    manifest_strict = False

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of the fingerprinted file, else of the file as it is named."""
        try:
            return str(super().url(name, force=force))
        except ValueError:
            return FileSystemStorage.url(self, name)
