"""Measure the checker on gold sets: recall, precision and false alarms per thousand words, with every miss listed."""
