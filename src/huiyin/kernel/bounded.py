"""Things that are costly to make, kept by the process as long as there are not too many of them."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(dict[K, V]):
    """A dictionary of at most ``most`` entries: what was kept first makes room, however often it is asked for.

    For what can be made again at any time, by keys that say all it depends on.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: K, value: V) -> V:
        """Keep a value under its key, and give it back."""
        while len(self) >= self.most:
            self.pop(next(iter(self)), None)  # another thread may have taken it away meanwhile
        self[key] = value
        return value
