/** What profiles hang on. `P` is what names a profile: an id, or the profile itself. */
export interface ProfiledArea<P> {
  id: string;
  parent_id: string | null;
  /** Its own limits. */
  profile: P | null;
  /** Limits for the areas below it. */
  child_profile: P | null;
  /** Limits of its level in the network. */
  level_profile: P | null;
}

/**
 * The profile that holds for each area: its own, else what a parent sets for the areas below it (nearest first), else
 * its level's. A branch that skips levels or goes one deeper changes nothing: nearest is who is nearest in the tree.
 *
 * @param areas - parents before children; a parent that is not among them sets nothing
 */
export function resolveProfiles<P>(areas: readonly ProfiledArea<P>[]): Map<string, P | null> {
  const found = new Map<string, P | null>();
  const fromAbove = new Map<string, P | null>();
  for (const { id, parent_id, profile, child_profile, level_profile } of areas) {
    const above = parent_id === null ? null : (fromAbove.get(parent_id) ?? null);
    found.set(id, profile ?? above ?? level_profile);
    fromAbove.set(id, child_profile ?? above);
  }
  return found;
}
