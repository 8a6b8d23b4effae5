/** Shapes of skeleton lines in the parameter plane: x,y,… in metres. */

/** Distance of points along skeleton lines before the warp bends them; metres. */
export const step = 45;

/** A line along y with a sine of its own, from south to north. */
export function drawAvenue(
  x: number,
  from: number,
  to: number,
  bend: { amplitude: number; length: number; phase: number },
) {
  const points: number[] = [];
  const count = Math.ceil((to - from) / step);
  for (let i = 0; i <= count; i++) {
    const y = from + ((to - from) * i) / count;
    points.push(x + bend.amplitude * Math.sin((2 * Math.PI * y) / bend.length + bend.phase), y);
  }
  return points;
}

export function turnPoints(points: readonly number[]): number[] {
  const turned: number[] = [];
  for (let i = 0; i < points.length; i += 2) turned.push(points[i + 1]!, points[i]!);
  return turned;
}

export function drawAlongX(from: number, to: number, height: (x: number) => number): number[] {
  const points: number[] = [];
  const count = Math.ceil((to - from) / step);
  for (let i = 0; i <= count; i++) {
    const x = from + ((to - from) * i) / count;
    points.push(x, height(x));
  }
  return points;
}

/** Catmull–Rom spline through the given points. */
export function drawSpline(through: readonly (readonly [number, number])[]): number[] {
  const points: number[] = [];
  for (let k = 0; k + 1 < through.length; k++) {
    const p0 = through[Math.max(0, k - 1)]!;
    const p1 = through[k]!;
    const p2 = through[k + 1]!;
    const p3 = through[Math.min(through.length - 1, k + 2)]!;
    const count = Math.ceil(Math.hypot(p2[0] - p1[0], p2[1] - p1[1]) / step);
    for (let i = k === 0 ? 0 : 1; i <= count; i++) {
      const t = i / count;
      for (const axis of [0, 1] as const) {
        const [a, b, c, d] = [p0[axis], p1[axis], p2[axis], p3[axis]];
        points.push(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
      }
    }
  }
  return points;
}
