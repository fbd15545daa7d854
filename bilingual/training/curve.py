"""The loss curve of a run as an SVG picture."""

import json
from collections.abc import Sequence
from pathlib import Path

_WIDTH, _HEIGHT, _MARGIN = 720, 360, 48


def draw(log: Path, picture: Path) -> None:
    """Draw the losses of a log (a JSON line a minute) over target tokens, if there are any to draw."""
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    lines = [json.loads(line) for line in text.splitlines()]
    points = [(float(line["tokens"]) / 1e6, float(line["loss"])) for line in lines]
    if len(points) > 1:
        picture.write_text(svg(points), encoding="utf-8")


def svg(points: Sequence[tuple[float, float]]) -> str:
    """A curve through points (million target tokens, loss), with the ends of both axes written."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    low, high, left, right = min(ys), max(ys), min(xs), max(xs)
    across = (_WIDTH - 2 * _MARGIN) / ((right - left) or 1)
    down = (_HEIGHT - 2 * _MARGIN) / ((high - low) or 1)
    path = " ".join(
        f"{_MARGIN + (x - left) * across:.1f},{_MARGIN + (high - y) * down:.1f}" for x, y in points
    )
    foot = _HEIGHT - _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f'<path d="M{_MARGIN},{_MARGIN}V{foot}H{_WIDTH - _MARGIN}" fill="none" stroke="gray"/>'
        f'<polyline points="{path}" fill="none" stroke="navy" stroke-width="1.5"/>'
        f'<text x="4" y="{_MARGIN}">{high:.2f}</text><text x="4" y="{foot}">{low:.2f}</text>'
        f'<text x="{_MARGIN}" y="{foot + 16}">{left:.2f}</text>'
        f'<text x="{_WIDTH - _MARGIN}" y="{foot + 16}" text-anchor="end">{right:.2f} M target tokens</text>'
        f'<text x="{_MARGIN}" y="{_MARGIN - 12}">loss with label smoothing</text></svg>\n'
    )
