import type { Limits, Profile } from "./division.ts";

/** One figure against its limits; `off` is how far outside: negative = too few, positive = too many, 0 = inside. */
export interface FigureVerdict {
  what: "households" | "people";
  value: number;
  limits: Limits;
  off: number;
}

export interface ProfileVerdict {
  inside: boolean;
  figures: FigureVerdict[];
}

type PopulationLimits = Pick<Profile, "joined" | "households" | "people">;
interface Population {
  households: number;
  people: number;
}

/**
 * Compares the counts of an area with its profile. A figure without limits is left out. Joined by `and`, every
 * figure must be inside; joined by `or`, one suffices (domain: 300–500 households *or* about 1,000 people).
 */
export function judgeProfile(profile: PopulationLimits, counts: Population): ProfileVerdict {
  const figures = (["households", "people"] as const)
    .filter((what) => profile[what][0] !== null || profile[what][1] !== null)
    .map((what) => ({
      what,
      value: counts[what],
      limits: profile[what],
      off: measureOff(counts[what], profile[what]),
    }));
  const fits = figures.filter((figure) => figure.off === 0);
  const inside = profile.joined === "and" ? fits.length === figures.length : figures.length === 0 || fits.length > 0;
  return { inside, figures };
}

/**
 * Whether something would fit an area of the profile by itself: no more households, people and surface than that may
 * have at most. Too little is not asked here. Without limits all fits.
 */
export function fitsAtMost(
  profile: Pick<Profile, "joined" | "households" | "people" | "area_m2"> | null,
  figures: Population & { area_m2: number },
): boolean {
  if (!profile) return true;
  const { joined, households, people, area_m2 } = profile;
  if (measureOff(figures.area_m2, atMost(area_m2)) > 0) return false;
  // joined by `or`, a figure that is limited below only lets any number in
  if (joined === "or" && [households, people].some(([least, most]) => least !== null && most === null)) return true;
  return judgeProfile({ joined, households: atMost(households), people: atMost(people) }, figures).inside;
}

function atMost([, most]: Limits): Limits {
  return [null, most];
}

/** How far a figure lies outside its limits: negative below, positive above, 0 inside; the limits are inside. */
export function measureOff(value: number, [least, most]: Limits): number {
  if (least !== null && value < least) return value - least;
  if (most !== null && value > most) return value - most;
  return 0;
}
