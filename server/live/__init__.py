"""One live session per session and process: commands saved in turn, what each audience learns published on a tick.

Decide, append, apply, publish, in that order: nothing is shown or acknowledged before it is durable.
"""
