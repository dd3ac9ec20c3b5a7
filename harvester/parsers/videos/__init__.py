"""Films: what an address leads to, and every film on a page."""

from harvester.parsers.videos.find import find_videos, find_videos_in, page_videos
from harvester.parsers.videos.model import Form, PlacedVideo, Purpose, Video, VideoEmbed
from harvester.parsers.videos.parse import parse_video_url

__all__ = [
    "Form",
    "PlacedVideo",
    "Purpose",
    "Video",
    "VideoEmbed",
    "find_videos",
    "find_videos_in",
    "page_videos",
    "parse_video_url",
]
