/** The CGCS2000 reference ellipsoid (GB/T 22021, EPSG:1024), metres. */
export const semiMajorAxis = 6_378_137;
export const flattening = 1 / 298.257222101;
export const semiMinorAxis = semiMajorAxis * (1 - flattening);
/** e² = f(2 − f) */
export const eccentricitySquared = flattening * (2 - flattening);

export const radians = Math.PI / 180;

/**
 * Metres in one degree of longitude and of latitude at a latitude in degrees: the radii of curvature of the
 * ellipsoid (Snyder 1987, p. 25). Good for local flat calculations over some kilometres.
 */
export function metresPerDegree(latitude: number): [lon: number, lat: number] {
  const sine = Math.sin(latitude * radians);
  const root = 1 - eccentricitySquared * sine * sine;
  const primeVertical = semiMajorAxis / Math.sqrt(root);
  const meridian = (primeVertical * (1 - eccentricitySquared)) / root;
  return [primeVertical * Math.cos(latitude * radians) * radians, meridian * radians];
}
