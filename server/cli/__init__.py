"""The `pasdecote` command. main.py lists what it does; operations.py does it; control.py reaches a running server."""
