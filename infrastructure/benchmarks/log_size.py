from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.rows import Row
async def measure(ground: Ground) -> list[Row]: return []
