"""What leans on the inner parts of Django's database layer, all in one place, and the switch that turns it off.

With ``settings.COMPILED_QUERIES`` off (``HUIYIN_COMPILED_QUERIES=off``) everything here does the same by Django's
public interface, only slower: the whole test suite passes both ways. Nothing outside this room may know Django's SQL
compiler.
"""
