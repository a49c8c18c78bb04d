"""The developer commands behind bin/: standard library only, since they run before anything is installed."""
