/** Maps a point of the parameter plane (straight streets) to the ground (bent streets); metres. */
export type Warp = (x: number, y: number) => [number, number];

/** Where the streets swirl: the old quarter of a district, in the parameter plane. */
export interface Swirl {
  x: number;
  y: number;
  /** Beyond this distance nothing turns, so that neighbouring districts still meet. */
  radius: number;
  /** Radians at the centre. */
  angle: number;
}

/** Amplitude, wavelength in metres and phase of the waves that bend each axis. */
const wavesAlongX = [
  [125, 4700, 0.4],
  [48, 1750, 1.9],
  [14, 800, 3.1],
] as const;
const wavesAlongY = [
  [125, 4700, 2.2],
  [48, 1750, 0.3],
  [14, 800, 5.2],
] as const;

/** The whole plane is turned by this angle, so that no street runs due north. */
const turn = (-6 * Math.PI) / 180;

function sumWaves(waves: readonly (readonly [number, number, number])[], at: number): number {
  let sum = 0;
  for (const [amplitude, length, phase] of waves) sum += amplitude * Math.sin((2 * Math.PI * at) / length + phase);
  return sum;
}

/**
 * Bends the parameter plane smoothly: first the swirls, then each axis by three sines of the other axis, then a turn.
 * A wave turns a street by up to 2π·amplitude/wavelength; the three together stay below 0.5 rad, so that nothing folds
 * and topology is the same on both sides.
 *
 * @param swirls - must not overlap
 */
export function makeWarp(swirls: readonly Swirl[]): Warp {
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  return (px, py) => {
    let x = px;
    let y = py;
    for (const swirl of swirls) {
      const dx = px - swirl.x;
      const dy = py - swirl.y;
      const share = 1 - (dx * dx + dy * dy) / (swirl.radius * swirl.radius);
      if (share <= 0) continue;
      const angle = swirl.angle * share * share * share;
      x = swirl.x + dx * Math.cos(angle) - dy * Math.sin(angle);
      y = swirl.y + dx * Math.sin(angle) + dy * Math.cos(angle);
    }
    const bentX = x + sumWaves(wavesAlongX, y);
    const bentY = y + sumWaves(wavesAlongY, x);
    return [bentX * cos - bentY * sin, bentX * sin + bentY * cos];
  };
}

/** Coordinates are rounded to the centimetre once, when they are made. */
export function roundToCentimetre(value: number): number {
  return Math.round(value * 100) / 100;
}
