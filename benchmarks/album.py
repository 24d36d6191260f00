"""Pictures of a phone and a desk: each small, and all of them as one that moves."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page

HEIGHT = 520  # pixels of the moving picture below its captions
CAPTION = 44
GAP = 16
COLOURS = 96
SECONDS = 3.2  # that each picture stays
LAST_SECONDS = 6.0
GROUND, INK = "#f4f2ee", "#1f1d1a"
CAPTIONS = {
    "1-asked": "1  A customer asks what it does not know: it fetches a person.",
    "2-answered": "2  A person answers.",
    "3-taught": "3  “Teach”: the answer stands there; other wordings are added.",
    "4-checked": "4  The check: what of the last 1,000 messages would change?",
    "5-known": "5  Published. Another phone asks in other words, and gets the answer.",
}
#: Which page the single picture of a step shows.
OF_PHONE = frozenset(["1-asked", "5-known"])


class Album:
    """Takes pictures while something is played, and writes them in the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._frames: list[Image.Image] = []
        self._sizes: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, phone: Page, desk: Page) -> None:
        """Keep a picture of what both show now."""
        both = [_shot(phone), _shot(desk)]
        single = both[0] if name in OF_PHONE else both[1]
        path = self._folder / f"{name}.png"
        _small(single).save(path, optimize=True)
        self._sizes[path.name] = path.stat().st_size
        self._frames.append(_beside(both, CAPTIONS[name]))

    def close(self) -> dict[str, int]:
        """Write the moving picture; return how many bytes each file has."""
        path = self._folder / "moment.gif"
        stays = [int(SECONDS * 1000)] * (len(self._frames) - 1)
        first, *others = [_small(frame) for frame in self._frames]
        first.save(
            path,
            save_all=True,
            append_images=others,
            duration=[*stays, int(LAST_SECONDS * 1000)],
            loop=0,
            optimize=True,
        )
        self._sizes[path.name] = path.stat().st_size
        return self._sizes


def _shot(page: Page) -> Image.Image:
    page.wait_for_timeout(400)  # what slides in has arrived
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def _small(picture: Image.Image) -> Image.Image:
    """Return a picture of few colours: its pages are mostly plain."""
    return picture.quantize(COLOURS, dither=Image.Dither.NONE)


def _beside(pictures: Sequence[Image.Image], caption: str) -> Image.Image:
    """Return pictures of one height side by side, under a caption."""
    scaled = [
        one.resize((one.width * HEIGHT // one.height, HEIGHT), Image.Resampling.LANCZOS)
        for one in pictures
    ]
    width = sum(one.width for one in scaled) + GAP * (len(scaled) + 1)
    whole = Image.new("RGB", (width, HEIGHT + CAPTION + GAP), GROUND)
    font = ImageFont.load_default(20)
    ImageDraw.Draw(whole).text((GAP, 11), caption, INK, font=font)
    at = GAP
    for one in scaled:
        whole.paste(one, (at, CAPTION))
        at += one.width + GAP
    return whole
