/**
 * Shares a whole number out by weight so that the shares are whole and sum to it exactly (largest remainder;
 * equal remainders go to the earlier item).
 *
 * @param total - whole, not negative
 * @param weights - not negative; all zero shares out evenly
 * @throws RangeError if there is something to share out and nobody to take it
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) {
    if (total === 0) return [];
    throw new RangeError("apportion: nobody to share out to");
  }
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const quotas = weights.map((weight) => (sum > 0 ? (total * weight) / sum : total / weights.length));
  const shares = quotas.map(Math.floor);
  let left = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = quotas.map((quota, item) => ({ item, remainder: quota - Math.floor(quota) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.item - b.item);
  for (let next = 0; left > 0; next = (next + 1) % byRemainder.length, left--) shares[byRemainder[next]!.item]! += 1;
  return shares;
}

/**
 * Shares out like {@link apportion}, but keeps every share between `least` and `most`: what is over or under goes
 * to the others by weight.
 *
 * @throws RangeError if the limits leave no room for the total
 */
export function apportionWithin(
  total: number,
  weights: readonly number[],
  limits: { least: number; most: number },
): number[] {
  const { least, most } = limits;
  if (total < least * weights.length || total > most * weights.length) {
    throw new RangeError(`apportion: ${total} does not fit ${weights.length} shares of ${least} to ${most}`);
  }
  const fixed = new Map<number, number>();
  for (;;) {
    const open = weights.map((_, item) => item).filter((item) => !fixed.has(item));
    const rest = total - [...fixed.values()].reduce((all, share) => all + share, 0);
    const shares = apportion(
      rest,
      open.map((item) => weights[item]!),
    );
    const under = shares.reduce((sum, share) => sum + Math.max(0, least - share), 0);
    const over = shares.reduce((sum, share) => sum + Math.max(0, share - most), 0);
    if (under === 0 && over === 0) {
      for (const [at, item] of open.entries()) fixed.set(item, shares[at]!);
      return weights.map((_, item) => fixed.get(item)!);
    }
    // Fix the worse side only: fixing both at once could leave the rest no way out.
    open.forEach((item, at) => {
      if (under >= over && shares[at]! < least) fixed.set(item, least);
      else if (under < over && shares[at]! > most) fixed.set(item, most);
    });
  }
}
