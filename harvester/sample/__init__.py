"""The bundled sample: two invented sites, and a loopback server that answers for them."""

from harvester.sample.server import PROFILE, SampleServer

__all__ = ["PROFILE", "SampleServer"]
