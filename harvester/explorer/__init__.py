"""What people look at: the gallery of a release, the report, and the explorer's labels."""
