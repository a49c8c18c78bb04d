"""The company's written procedure as data: what packs may say, how they are read and checked,
and which version holds.
"""
