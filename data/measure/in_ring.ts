/** Whether the point lies in the ring [x, y, x, y, …], closed or not, by the even–odd rule; on its line either may be said. */
export function isInRing(ring: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const size = ring.length;
  for (let i = 0, j = size - 2; i < size; j = i, i += 2) {
    const yi = ring[i + 1]!;
    const yj = ring[j + 1]!;
    if (yi > y !== yj > y && x < ring[i]! + ((y - yi) / (yj - yi)) * (ring[j]! - ring[i]!)) inside = !inside;
  }
  return inside;
}
