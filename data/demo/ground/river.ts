/** The river in the parameter plane: its centre line as a function of x; metres. */
export interface River {
  centre(x: number): number;
  /** Half its width, slowly varying. */
  halfWidth(x: number): number;
}

/** Embankment streets run this far beyond each bank; metres. */
export const embankment = 58;

/** The river of the demo district, and of the row of districts that it crosses in a city. */
export const demoRiver: River = {
  centre: (x) => -1130 + 230 * Math.sin(x / 1040 + 0.6) + 75 * Math.sin(x / 430 + 1),
  halfWidth: (x) => 88 + 15 * Math.sin(x / 620 + 2) + 7 * Math.sin(x / 270),
};
