import type { MultiPolygon, Ring } from "../schema/geometry.ts";
import { eccentricitySquared, radians, semiMinorAxis } from "./ellipsoid.ts";

/**
 * Surface between the equator and latitude φ, per radian of longitude (Snyder, Map Projections, 1987, eq. 3-12):
 *
 *   F(φ) = b²/2 · [ sin φ / (1 − e² sin² φ) + artanh(e sin φ) / e ]
 *        = b²/2 · Σₙ (2n+2)/(2n+1) · e²ⁿ · sin²ⁿ⁺¹ φ
 *
 * With powers of the sine turned into multiples of the angle, F(φ) = Σₖ harmonics[k] · sin((2k+1) φ); the next
 * harmonic left out is below 1e-13 of the whole.
 */
const harmonics = sumHarmonics();

function sumHarmonics(): number[] {
  const sums = [0, 0, 0, 0, 0];
  for (let n = 0; n <= 8; n++) {
    const power = ((2 * n + 2) / (2 * n + 1)) * eccentricitySquared ** n;
    for (let k = 0; k <= n && k < sums.length; k++) {
      sums[k] = sums[k]! + (power * (k % 2 === 0 ? 1 : -1) * choose(2 * n + 1, n - k)) / 4 ** n;
    }
  }
  return sums.map((sum) => (sum * semiMinorAxis * semiMinorAxis) / 2);
}

function choose(from: number, take: number): number {
  let ways = 1;
  for (let i = 0; i < take; i++) ways = (ways * (from - i)) / (i + 1);
  return ways;
}

/** Mean of F over the latitudes of one edge; `half` is half their difference. All in radians. */
function meanOfF(middle: number, half: number): number {
  const sine = Math.sin(middle);
  // sin((2k+1)φ) by recurrence with step 2φ: s(k+1) = 2 cos 2φ · s(k) − s(k−1)
  const twice = 2 * (1 - 2 * sine * sine);
  let before = -sine;
  let here = sine;
  let sum = 0;
  for (let k = 0; k < harmonics.length; k++) {
    sum += harmonics[k]! * here * sineRatio((2 * k + 1) * half);
    const next = twice * here - before;
    before = here;
    here = next;
  }
  return sum;
}

/** sin x / x without loss near 0. */
function sineRatio(x: number): number {
  const square = x * x;
  return square < 1e-4 ? 1 - (square / 6) * (1 - square / 20) : Math.sin(x) / x;
}

/** F at a latitude (degrees): what `surfaceUnder` is measured from, so that sums stay small. */
export function surfaceBaseAt(latitude: number): number {
  return meanOfF(latitude * radians, 0);
}

/**
 * m² between a parallel (whose `surfaceBaseAt` is given) and an edge that runs a → b, straight in longitude/latitude,
 * degrees; positive where it runs west. Summed over the edges round a place, counter-clockwise, its surface.
 */
export function surfaceUnder(lonA: number, latA: number, lonB: number, latB: number, base: number): number {
  if (lonA === lonB) return 0;
  const mean = meanOfF(((latA + latB) / 2) * radians, ((latB - latA) / 2) * radians);
  return (lonA - lonB) * radians * (mean - base);
}

/**
 * Signed surface of a ring in m²: positive when it runs counter-clockwise.
 *
 * An edge is straight in longitude/latitude, so the surface under it is the difference in longitude times the mean
 * of F along it, in closed form: a vertex more on a straight edge changes nothing, and parts add up to the whole.
 */
export function signedAreaOf(ring: Ring): number {
  if (ring.length < 8) return 0;
  const lon0 = ring[0]!;
  // The integral round a ring of any constant is 0; taking F at the first latitude away keeps the sums small.
  const base = meanOfF(ring[1]! * radians, 0);
  let sum = 0;
  for (let i = 2; i < ring.length; i += 2) {
    const from = (ring[i - 2]! - lon0) * radians;
    const to = (ring[i]! - lon0) * radians;
    if (from === to) continue;
    const below = ring[i - 1]! * radians;
    const above = ring[i + 1]! * radians;
    sum += (from - to) * (meanOfF((below + above) / 2, (above - below) / 2) - base);
  }
  return sum;
}

/**
 * Surface in m² of polygons with closed rings ([lon, lat, …] in degrees, exterior first, any winding), as the
 * authalic integral on the CGCS2000 ellipsoid of edges that are straight in longitude/latitude. Areas of a coverage
 * add up to the area of their union within 1e-6 m² even where a neighbour has one more vertex on a shared edge.
 */
export function areaOf(polygons: MultiPolygon): number {
  let sum = 0;
  for (const polygon of polygons) {
    for (let i = 0; i < polygon.length; i++) {
      const area = Math.abs(signedAreaOf(polygon[i]!));
      sum += i === 0 ? area : -area;
    }
  }
  return sum;
}
