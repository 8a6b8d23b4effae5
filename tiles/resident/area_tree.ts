import type { LevelRole } from "../../data/schema/network.ts";
import { areaZooms, earlierIfFew, fewAreas, mostAtTop } from "../zoom_ranges.ts";

/** What the tree needs to know of an area. */
export interface AreaNode {
  id: number;
  /** 0 = none. */
  parent: number;
  /** Ordinal of its level, 1 = top. */
  level: number;
  role: LevelRole;
}

/** The areas of one network with their places above one another; branches may skip levels or end early. */
export interface AreaTree {
  nodes: readonly AreaNode[];
  hasChildren(id: number): boolean;
  /** Level of the area that holds it, 0 at the top. */
  levelAbove(id: number): number;
  /** Highest level of the areas right below it, 0 where there are none. */
  levelBelow(id: number): number;
  /** First zoom at which the area is in tiles. Siblings appear together, or their parent would show through. */
  zoomOf(id: number): number;
  /** Ranks in the tree that areas come in, top first: an area has the rank of its highest sibling. */
  ranks: readonly number[];
  /** Areas that cover the network when nothing below `rank` is looked at, without overlapping. */
  coverageAt(rank: number): AreaNode[];
  /**
   * The highest areas that a border between two areas separates; 0 = nothing there.
   * @returns the level and role of the higher of the two, the rank at which the tree forks, and the first zoom
   */
  forkOf(left: number, right: number): { level: number; role: LevelRole; rank: number; zoom: number };
}

/** @throws RangeError if parents form a circle */
export function buildAreaTree(nodes: readonly AreaNode[]): AreaTree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const children = new Map<number, AreaNode[]>();
  for (const node of nodes) {
    const parent = byId.has(node.parent) ? node.parent : 0;
    const siblings = children.get(parent);
    if (siblings) siblings.push(node);
    else children.set(parent, [node]);
  }
  const rank = new Map<number, number>();
  const zoom = new Map<number, number>();
  const earlier = nodes.length <= fewAreas ? earlierIfFew : 0;
  const descend = (parent: number, above: number, depth: number): void => {
    if (depth > 64) throw new RangeError("parents of areas form a circle");
    const siblings = children.get(parent) ?? [];
    const from =
      parent === 0 && siblings.length <= mostAtTop ? 0 : least(siblings, ({ role }) => areaZooms[role]) - earlier;
    const highest = least(siblings, ({ level }) => level);
    for (const { id } of siblings) {
      rank.set(id, highest);
      zoom.set(id, Math.max(above, from));
      descend(id, zoom.get(id)!, depth + 1);
    }
  };
  descend(0, 0, 0);
  if (rank.size !== nodes.length) throw new RangeError("parents of areas form a circle");

  const chainOf = (id: number): AreaNode[] => {
    const chain: AreaNode[] = [];
    for (let node = byId.get(id); node; node = byId.get(node.parent)) chain.unshift(node);
    return chain;
  };
  return {
    nodes,
    hasChildren: (id) => children.has(id),
    levelBelow: (id) => (children.has(id) ? least(children.get(id)!, ({ level }) => level) : 0),
    levelAbove: (id) => byId.get(byId.get(id)?.parent ?? 0)?.level ?? 0,
    zoomOf: (id) => zoom.get(id)!,
    ranks: [...new Set(rank.values())].sort((a, b) => a - b),
    coverageAt: (most) =>
      nodes.filter(({ id }) => rank.get(id)! <= most && (children.get(id) ?? []).every((c) => rank.get(c.id)! > most)),
    forkOf(left, right) {
      const [a, b] = [chainOf(left), chainOf(right)];
      let depth = 0;
      while (a[depth] && a[depth] === b[depth]) depth++;
      const sides = [a[depth], b[depth]].filter((node) => node !== undefined);
      const higher = sides.sort((p, q) => p.level - q.level)[0]!;
      return {
        level: higher.level,
        role: higher.role,
        rank: Math.min(...sides.map(({ id }) => rank.get(id)!)),
        // the outline of the whole is always there
        zoom: depth === 0 && sides.length === 1 ? 0 : Math.min(...sides.map(({ id }) => zoom.get(id)!)),
      };
    },
  };
}

function least(nodes: readonly AreaNode[], measure: (node: AreaNode) => number): number {
  return nodes.reduce((sum, node) => Math.min(sum, measure(node)), Infinity);
}
