"""Texts of the interface: found in the sources (extract.py), kept and compiled as gettext catalogues (catalogues.py)."""
