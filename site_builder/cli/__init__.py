"""The ``bulletin`` command: glue between people and :mod:`site_builder.api`."""
