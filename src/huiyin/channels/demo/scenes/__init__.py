"""What stands around the complaints of the demonstration: problem cases, suppliers, goods sent again and taken back, stock-takes, weekly sheets.

A few dozen at most, however many complaints there are. Unlike the complaints, which are made in memory for their number,
these scenes are played: every step is taken by the same action as from a page, one after the other in the order of time.
"""

from huiyin.channels.demo.scenes.bill import Played, play

__all__ = ["Played", "play"]
