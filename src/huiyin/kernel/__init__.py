"""Pure Python without Django: texts, working time, durations, periods, numbering, step tables, money, quantities."""
