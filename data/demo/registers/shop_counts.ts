import { ringArea } from "./flat_geometry.ts";
import type { Scene } from "./scene.ts";

/**
 * Deals an exact number of shops to the buildings of one place: to shop buildings, malls and markets by floor space
 * (each at least one), and where there are none, to the houses.
 * @returns building → shops
 */
export function shareShops(scene: Scene, isHere: (building: number) => boolean, total: number): Map<number, number> {
  const here = scene.plan.buildings.map((_, index) => index).filter(isHere);
  const fit = here.filter((index) => {
    const { use, form } = scene.plan.buildings[index]!;
    return use === "shop" || use === "market" || form === "mall";
  });
  const takers = (fit.length > 0 ? fit : here).slice(0, total);
  const shares = new Map<number, number>();
  if (takers.length === 0) return shares;
  const space = takers.map((index) => ringArea(scene.plan.buildings[index]!.ring));
  const sum = space.reduce((all, one) => all + one, 0);
  const spare = total - takers.length;
  const exact = space.map((one) => (one / sum) * spare);
  let left = spare;
  takers.forEach((index, at) => {
    shares.set(index, 1 + Math.floor(exact[at]!));
    left -= Math.floor(exact[at]!);
  });
  const byRest = takers.map((_, at) => at).sort((a, b) => (exact[b]! % 1) - (exact[a]! % 1) || a - b);
  for (const at of byRest.slice(0, left)) shares.set(takers[at]!, shares.get(takers[at]!)! + 1);
  return shares;
}
