"""Pages and files over HTTP: what works before any script, and the shells in which the browser pages run."""
