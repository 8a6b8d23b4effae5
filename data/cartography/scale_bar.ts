/** Equatorial circumference of the sphere that web maps are drawn on, metres. */
const circumference = 40_075_016.685_578_49;
/** MapLibre's tiles are 512 px wide at zoom 0. */
const worldPixels = 512;

export interface ScaleBar {
  /** px */
  width: number;
  metres: number;
  text: string;
}

/** Ground metres a CSS pixel spans at a latitude (degrees): Mercator stretches by 1/cos φ. */
export function metresPerPixel(zoom: number, lat: number): number {
  return (circumference * Math.cos((lat * Math.PI) / 180)) / (worldPixels * 2 ** zoom);
}

/** 1 : n on a screen or sheet of `dotsPerInch` (96 for CSS pixels). */
export function scaleRatio(zoom: number, lat: number, dotsPerInch = 96): number {
  return (metresPerPixel(zoom, lat) * dotsPerInch) / 0.0254;
}

/**
 * The bar of 1, 2 or 5 times a power of ten metres that is widest within `widest` px.
 * A step is at most 2.5, so with 160 px it is never narrower than 64; where two fit, the one of at least
 * `narrowest` px is taken.
 */
export function scaleBar(perPixel: number, narrowest = 80, widest = 160): ScaleBar {
  const power = 10 ** Math.floor(Math.log10(perPixel * widest));
  const steps = [1, 2, 5].map((step) => step * power).filter((metres) => metres / perPixel <= widest);
  const fitting = steps.find((metres) => metres / perPixel >= narrowest);
  const metres = fitting ?? steps[steps.length - 1] ?? power;
  return { width: metres / perPixel, metres, text: describeMetres(metres) };
}

function describeMetres(metres: number): string {
  if (metres >= 1000) return `${metres / 1000} km`;
  return metres >= 1 ? `${metres} m` : `${Math.round(metres * 100)} cm`;
}
