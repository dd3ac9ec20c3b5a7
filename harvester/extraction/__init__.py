"""From the archive to page harvests: what is new is extracted, the rest is remembered."""
