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

/** Whether counts stay below what the profile allows at most; too few is not asked here. Without limits all fits. */
export function fitsAtMost(profile: PopulationLimits | null, counts: Population): boolean {
  if (!profile) return true;
  const most = ([, limit]: Limits): Limits => [null, limit];
  const { joined, households, people } = profile;
  // joined by `or`, a figure that is limited below only lets any number in
  const open = ([least, limit]: Limits) => joined === "or" && least !== null && limit === null;
  if (open(households) || open(people)) return true;
  return judgeProfile({ joined, households: most(households), people: most(people) }, counts).inside;
}

/** How far a figure lies outside its limits: negative below, positive above, 0 inside; the limits are inside. */
export function measureOff(value: number, [least, most]: Limits): number {
  if (least !== null && value < least) return value - least;
  if (most !== null && value > most) return value - most;
  return 0;
}
