"""Between bytes and the live session: frames, limits, slow readers and the socket itself. Nothing here knows a rule.

PROTOCOL.md is the reference of what passes over the wire.
"""
