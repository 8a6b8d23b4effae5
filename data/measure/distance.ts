import type { Line, Position } from "../schema/geometry.ts";
import { flattening, radians, semiMajorAxis, semiMinorAxis } from "./ellipsoid.ts";

const mostRounds = 200;

/**
 * Geodesic distance in metres between two positions ([lon, lat] in degrees) on the CGCS2000 ellipsoid:
 * Vincenty's inverse formula (Survey Review 23, 1975), good to 0.5 mm.
 *
 * @throws RangeError for points almost opposite each other on the globe, where the formula does not settle
 */
export function distanceBetween(a: Position, b: Position): number {
  return geodesic(a[0], a[1], b[0], b[1]);
}

/** Geodesic length in metres of a line [lon, lat, lon, lat, …]. */
export function lengthOf(line: Line): number {
  let sum = 0;
  for (let i = 2; i < line.length; i += 2) sum += geodesic(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!);
  return sum;
}

function geodesic(lonA: number, latA: number, lonB: number, latB: number): number {
  if (lonA === lonB && latA === latB) return 0;
  const difference = wrapped(lonB - lonA) * radians;
  const reducedA = Math.atan((1 - flattening) * Math.tan(latA * radians));
  const reducedB = Math.atan((1 - flattening) * Math.tan(latB * radians));
  const [sinA, cosA, sinB, cosB] = [Math.sin(reducedA), Math.cos(reducedA), Math.sin(reducedB), Math.cos(reducedB)];
  let lambda = difference;
  for (let round = 0; round < mostRounds; round++) {
    const sinLambda = Math.sin(lambda);
    const cosLambda = Math.cos(lambda);
    const sinSigma = Math.hypot(cosB * sinLambda, cosA * sinB - sinA * cosB * cosLambda);
    if (sinSigma === 0) return 0;
    const cosSigma = sinA * sinB + cosA * cosB * cosLambda;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cosA * cosB * sinLambda) / sinSigma;
    const cosSqAlpha = 1 - sinAlpha * sinAlpha;
    const cosTwoMiddle = cosSqAlpha === 0 ? 0 : cosSigma - (2 * sinA * sinB) / cosSqAlpha;
    const c = (flattening / 16) * cosSqAlpha * (4 + flattening * (4 - 3 * cosSqAlpha));
    const bend = cosTwoMiddle + c * cosSigma * (2 * cosTwoMiddle * cosTwoMiddle - 1);
    const before = lambda;
    lambda = difference + (1 - c) * flattening * sinAlpha * (sigma + c * sinSigma * bend);
    if (Math.abs(lambda - before) < 1e-13) return arcLength(cosSqAlpha, sigma, sinSigma, cosSigma, cosTwoMiddle);
  }
  throw new RangeError("the points lie almost opposite each other on the globe");
}

function arcLength(cosSqAlpha: number, sigma: number, sinSigma: number, cosSigma: number, cosTwoMiddle: number) {
  const u = (cosSqAlpha * (semiMajorAxis ** 2 - semiMinorAxis ** 2)) / semiMinorAxis ** 2;
  const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const square = cosTwoMiddle * cosTwoMiddle;
  const third = (b / 6) * cosTwoMiddle * (4 * sinSigma * sinSigma - 3) * (4 * square - 3);
  const correction = b * sinSigma * (cosTwoMiddle + (b / 4) * (cosSigma * (2 * square - 1) - third));
  return semiMinorAxis * a * (sigma - correction);
}

function wrapped(degrees: number): number {
  if (degrees > 180) return degrees - 360;
  return degrees < -180 ? degrees + 360 : degrees;
}
