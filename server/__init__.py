"""Everything that touches the world: log, live sessions, wire, pages, archive."""
