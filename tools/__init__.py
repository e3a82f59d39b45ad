"""What maintainers run beside the product: settings tables, catalogues, vendoring, preparation of a machine."""
