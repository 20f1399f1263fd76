"""Measures what no test can assert: how much memory and how many calls large accounts take."""
