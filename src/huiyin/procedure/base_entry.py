"""What every table of a pack has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class PackEntry(BaseModel):
    """One table of a pack; unchangeable, and nothing in it that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)
