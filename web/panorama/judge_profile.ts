import type { AreaCounts, ProfileFact } from "../../data/schema/area.ts";

type Limits = readonly [least: number | null, most: number | null];

/** One figure against its limits; `off` is how far outside: negative = too few, positive = too many, 0 = inside. */
export interface FigureVerdict {
  what: "households" | "people";
  limits: Limits;
  off: number;
}

export interface ProfileVerdict {
  inside: boolean;
  figures: FigureVerdict[];
}

/**
 * Compares the counts of an area with its profile. A figure without limits is left out. Joined by `and`, every
 * figure must be inside; joined by `or`, one suffices (domain: 300–500 households *or* about 1,000 people).
 */
export function judgeProfile(profile: ProfileFact, counts: Pick<AreaCounts, "households" | "people">): ProfileVerdict {
  const figures = (["households", "people"] as const)
    .filter((what) => profile[what][0] !== null || profile[what][1] !== null)
    .map((what) => ({ what, limits: profile[what], off: measureOff(counts[what], profile[what]) }));
  const fits = figures.filter((figure) => figure.off === 0);
  const inside = profile.joined === "and" ? fits.length === figures.length : figures.length === 0 || fits.length > 0;
  return { inside, figures };
}

function measureOff(count: number, [least, most]: Limits): number {
  if (least !== null && count < least) return count - least;
  if (most !== null && count > most) return count - most;
  return 0;
}
