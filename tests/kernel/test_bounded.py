"""A cache that never grows beyond its size."""

from __future__ import annotations

from huiyin.kernel.bounded import BoundedCache


def test_what_was_kept_first_makes_room() -> None:
    cache: BoundedCache[str, int] = BoundedCache(2)
    assert [cache.keep(key, number) for number, key in enumerate("abc")] == [0, 1, 2]
    assert dict(cache) == {"b": 1, "c": 2}
    assert (cache.get("a"), cache.most) == (None, 2)
