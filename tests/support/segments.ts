/** A position in whole units of the grid. */
export type Place = readonly [number, number];

/** Twice the signed area of three places. */
const turn = (a: Place, b: Place, c: Place) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Whether two segments have a point in common that is no end of both. */
export function meetInside([a, b]: [Place, Place], [c, d]: [Place, Place]): boolean {
  const same = (p: Place, q: Place) => p[0] === q[0] && p[1] === q[1];
  const on = (p: Place, q: Place, r: Place) =>
    turn(p, q, r) === 0 &&
    Math.min(p[0], q[0]) <= r[0] &&
    r[0] <= Math.max(p[0], q[0]) &&
    Math.min(p[1], q[1]) <= r[1] &&
    r[1] <= Math.max(p[1], q[1]);
  const inside = (p: Place, q: Place, r: Place) => !same(p, r) && !same(q, r) && on(p, q, r);
  if ([c, d].some((end) => inside(a, b, end)) || [a, b].some((end) => inside(c, d, end))) return true;
  const apart = (p: Place, q: Place, r: Place, s: Place) => Math.sign(turn(p, q, r)) * Math.sign(turn(p, q, s)) < 0;
  return apart(a, b, c, d) && apart(c, d, a, b);
}
