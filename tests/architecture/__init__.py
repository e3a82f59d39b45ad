"""The house kept in order: import directions, lengths, words, documents, catalogues, third-party files."""
