"""Staging: perspective, keeping things apart, painting from back to front."""

from __future__ import annotations

from collections.abc import Callable

from .canvas import Canvas
from .people import Look, look, person

Spot = tuple[float, float]
Range = tuple[float, float]


class Stage:
    """Collects what stands on the ground and paints it from the back to the front."""

    def __init__(self, c: Canvas, top: float, far: float = 62, near: float = 235) -> None:
        """Let people be ``far`` high at the height ``top`` and ``near`` high at the bottom edge."""
        self.c = c
        self.top = top
        self.far, self.near = far, near
        self._acts: list[tuple[float, int, Callable[[], object]]] = []
        self._claims: list[tuple[float, float, float, float]] = []

    def size(self, y: float) -> float:
        """Return the height of a grown person whose feet are at ``y``."""
        t = (y - self.top) / (self.c.h - self.top)
        return self.far + (self.near - self.far) * max(0.0, t)

    def put(self, y: float, act: Callable[[], object], x: float | None = None, half: float = 0.0) -> None:
        """Add something to paint at depth ``y``; with ``x`` it also claims its place."""
        self._acts.append((y, len(self._acts), act))
        if x is not None:
            self.claim(x, y, half)

    def claim(self, x: float, y: float, half: float, depth: float | None = None) -> None:
        """Keep others away from a stretch of ground."""
        self._claims.append((x, y, half, self.size(y) * 0.28 if depth is None else depth))

    def big_tree(
        self, draw: Callable[[Canvas, float, float, float], None], x: float, y: float, h: float
    ) -> None:
        """Add a tall tree in the foreground and keep people from hiding behind its crown."""
        self.put(y, lambda: draw(self.c, x, y, h), x, h * 0.12)
        self.claim(x, y - h * 0.3, h * 0.3, h * 0.17)

    def free(self, x: float, y: float, half: float) -> bool:
        """Tell whether a stretch of ground is unclaimed."""
        depth = self.size(y) * 0.28
        return all(abs(x - cx) > half + ch or abs(y - cy) > depth + cd for cx, cy, ch, cd in self._claims)

    def find(self, xs: Range, ys: Range, half: float, tries: int = 40) -> Spot | None:
        """Look for a free place, away from the picture's edges."""
        rng = self.c.rng
        for _ in range(tries):
            x, y = rng.uniform(*xs), rng.uniform(*ys)
            wide = half * self.size(y)
            if wide + 12 < x < self.c.w - wide - 12 and self.free(x, y, wide):
                return x, y
        return None

    def paint(self) -> None:
        """Paint everything collected so far, the farthest first."""
        for _, _, act in sorted(self._acts, key=lambda item: (item[0], item[1])):
            act()
        self._acts.clear()

    def someone(
        self, x: float, y: float, pose: str = "stand", who: Look | None = None, facing: int = 1,
        back: bool = False, grow: float = 1.0,
    ) -> None:  # fmt: skip
        """Add one person with a shadow; children are drawn smaller."""
        c = self.c
        who = who or look(c.rng, c.p)
        h = self.size(y) * grow * (0.66 if who.child else 1.0) * c.rng.uniform(0.95, 1.04)

        def act() -> None:
            c.shadow(x, y, h * 0.13, h * 0.025)
            person(c, x, y, h, pose, who, facing, back)

        self.put(y, act)
        self.claim(x, y, h * 0.2, self.size(y) * 0.34)
