"""Results to pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot

from bench.render import Comparison, Curve

OURS, OTHERS = "#1f77b4", "#b0b0b0"
# The same results give the same file.
mpl.rcParams.update({"svg.hashsalt": "bench", "svg.fonttype": "none", "font.size": 9})
METADATA = {"Date": None}


def comparison(comparisons: Sequence[Comparison], file: Path) -> None:
    """A bar for each tool, on a logarithmic scale of seconds."""
    figure, axes = pyplot.subplots(len(comparisons), 1, figsize=(8, 2.4 * len(comparisons)), squeeze=False)
    for axis, item in zip(axes[:, 0], comparisons, strict=True):
        rows = item.rows[::-1]
        names = [row.tool + (" (stopped)" if row.cost.stopped else "") for row in rows]
        colours = [OURS if row.tool in (item.rows[0].tool, item.rows[1].tool) else OTHERS for row in rows]
        bars = axis.barh(names, [row.cost.seconds for row in rows], color=colours)
        axis.bar_label(bars, fmt="%.3g", padding=3)
        axis.set_xscale("log")
        axis.margins(x=0.15)
        axis.set_title(f"{item.name}: {item.size}", loc="left")
        axis.spines[["top", "right"]].set_visible(False)
    axes[-1, 0].set_xlabel("seconds, median")
    figure.tight_layout()
    figure.savefig(file, metadata=METADATA)


def curves(found: Sequence[Curve], file: Path) -> None:
    """Seconds and megabytes of each curve, by size."""
    figure, axes = pyplot.subplots(
        2, len(found), figsize=(2.4 * len(found), 4.5), squeeze=False, sharex="col"
    )
    for column, curve in enumerate(found):
        sizes = [point.size for point in curve.points]
        for axis, values, label in (
            (axes[0, column], [point.cost.seconds for point in curve.points], "seconds"),
            (axes[1, column], [point.cost.megabytes for point in curve.points], "peak MB"),
        ):
            axis.plot(sizes, values, marker="o", color=OURS)
            axis.set_ylim(bottom=0)
            axis.set_xlim(left=0)
            axis.set_ylabel(label if column == 0 else "")
            axis.spines[["top", "right"]].set_visible(False)
        axes[0, column].set_title(curve.name, fontsize=9)
    figure.tight_layout()
    figure.savefig(file, metadata=METADATA)
