"""What the operator's package puts on the timer."""

from cops.background import every

every("cops.operation.watch", 60.0)
