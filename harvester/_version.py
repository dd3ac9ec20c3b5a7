"""The version of the package; changes of the data's shape are `records.SCHEMA_VERSION`."""

__version__ = "1.0.0"
