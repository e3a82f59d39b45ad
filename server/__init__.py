"""Everything that touches the world: log, live sessions, wire, pages, archive."""

__version__ = "0.1.0"
