"""What people write in the demonstration: data alone, in both languages; no logic."""
