"""Static files under fingerprinted names, compressed; plain names where nothing was collected (tests, development)."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """As WhiteNoise's, but a file that was not collected keeps its plain name instead of failing the page."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The fingerprinted name from the manifest, else ``name``."""
        found = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return found if isinstance(found, str) else name
