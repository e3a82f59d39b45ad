"""Whole workshops played on real pages, in a real Chromium, against a real server process."""
