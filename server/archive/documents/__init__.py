"""The documents of a bundle: minutes, offline page, board images and tables."""
