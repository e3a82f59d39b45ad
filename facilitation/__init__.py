"""The rules of a workshop: pure functions over flat records. Nothing here touches the world (DESIGN.md, invariant 4)."""
