"""Settings, addresses, the web entry and the command line."""

from huiyin.database.sqlite import use_packaged_sqlite

use_packaged_sqlite()
