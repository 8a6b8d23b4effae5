import type { CheckedArea, Profile } from "./division.ts";
import type { Warning } from "./findings.ts";

/**
 * How evenly the children of one parent are loaded: households of the largest / of the smallest with homes. Judged by
 * the profile that most of the children have (what the parent sets for them), among those that have it: a market with
 * a profile of its own is not compared with the homes round it.
 *
 * @returns the warning, about the parent; null when balanced or without a limit
 */
export function judgeBalance(
  parent: Pick<CheckedArea, "id" | "code">,
  children: readonly Pick<CheckedArea, "profile" | "households">[],
): Warning | null {
  const profile = commonProfile(children);
  if (!profile || profile.balance_max === null) return null;
  const value = balanceOf(children.filter((child) => child.profile?.id === profile.id));
  if (value === null || value <= profile.balance_max) return null;
  return {
    key: `balance:${parent.code}`,
    kind: "balance",
    area_id: parent.id,
    figures: [{ what: "balance", value, limits: [null, profile.balance_max], fits: false }],
    duty: null,
    cut: null,
    profile: { name: profile.name, source: profile.source },
    at: null,
  };
}

/** Null where fewer than two have homes. */
export function balanceOf(areas: readonly Pick<CheckedArea, "households">[]): number | null {
  let [least, most, count] = [Infinity, 0, 0];
  for (const { households } of areas) {
    if (households <= 0) continue;
    least = Math.min(least, households);
    most = Math.max(most, households);
    count++;
  }
  return count < 2 ? null : most / least;
}

/** The first of those that most have. */
function commonProfile(children: readonly Pick<CheckedArea, "profile">[]): Profile | null {
  const counts = new Map<string, { profile: Profile; count: number }>();
  for (const { profile } of children) {
    if (!profile) continue;
    const known = counts.get(profile.id);
    if (known) known.count++;
    else counts.set(profile.id, { profile, count: 1 });
  }
  let common: { profile: Profile; count: number } | null = null;
  for (const entry of counts.values()) if (!common || entry.count > common.count) common = entry;
  return common?.profile ?? null;
}
