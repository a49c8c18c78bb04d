"""What is done with assessments, by verb."""
