"""What the ground itself puts on the timer."""

from cops.background.registry import every

every("cops.background.sweep", 60.0)
