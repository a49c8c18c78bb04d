"""What is seen of a demonstration company as it is delivered; it is made once for all tests of this folder."""
