"""Which images of Markdown are videos or sounds: those that DocFX shows as a player."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_FILES = frozenset("3gp avi m4v mov mp4 mpg mpeg ogv webm wmv aac flac m4a mp3 oga ogg wav".split())
_HOSTS = re.compile(
    r"(?:www\.|m\.|player\.)?(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com)"
)


def is_media(address: str) -> bool:
    """Tell whether what an image shows is played.

    >>> is_media("https://youtu.be/abc"), is_media("media/tour.mp4?x=y"), is_media("a.png")
    (True, True, False)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_page = parts.scheme in ("http", "https") and len(parts.path) > 1
    if is_page and _HOSTS.fullmatch(parts.netloc.lower()):
        return True
    return parts.path.rpartition(".")[2].lower() in _FILES and "." in parts.path
