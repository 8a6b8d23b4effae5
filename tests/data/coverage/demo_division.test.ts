import { describe, expect, test } from "vitest";
import type { CoverageArea, Fault } from "../../../data/coverage/fault.ts";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import { generateDemoParts } from "../../../data/demo/generate.ts";
import type { AreaRow, NetworkRow } from "../../../data/schema/city_rows.ts";

const sizes = ["community", "district", ...(process.env.QUALITY === "1" ? (["city"] as const) : [])] as const;

interface Proof {
  faults: { network: string; parent: string; fault: Fault }[];
  /** Parents whose children were laid against them, by network. */
  proved: Map<string, number>;
  /** Levels that have areas, and levels whose areas were among those checked. */
  levels: Set<number>;
  checked: Set<number>;
}

describe.each(sizes)("the demo %s is proved right:", (size) => {
  test("in every network every area is filled by the areas below it, and those on top meet without fault", {
    timeout: 900_000,
  }, () => {
    const proof = prove(size);
    expect(proof.faults.slice(0, 5)).toEqual([]);
    expect([...proof.proved.keys()].sort()).toEqual(["cells", "fire", "governance", "police"]);
    expect(proof.checked).toEqual(proof.levels);
    for (const parents of proof.proved.values()) expect(parents).toBeGreaterThan(0);
  });
});

/** Part by part, so that a city never stands in memory: only areas are kept whose parent or siblings come with another. */
function prove(size: (typeof sizes)[number]): Proof {
  const proof: Proof = { faults: [], proved: new Map(), levels: new Set(), checked: new Set() };
  const waiting = new Map<number | string, AreaRow[]>(); // by parent, or by network on top
  const parents = new Map<number, AreaRow>();
  let networks: NetworkRow[] = [];
  const codeOf = (area: AreaRow) => networks.find(({ id }) => id === area.network_id)!.code;
  for (const { network, area } of generateDemoParts({ size })) {
    if (networks.length === 0) networks = network;
    for (const one of area) {
      proof.levels.add(one.level_id);
      const key = one.parent_id ?? `top ${one.network_id}`;
      waiting.set(key, [...(waiting.get(key) ?? []), one]);
    }
    const inPart = new Map(area.map((one) => [one.id, one]));
    // a part is a district: children of what it brings are all there, those of what came before may go on
    for (const [key, children] of waiting) {
      const parent = typeof key === "number" ? inPart.get(key) : undefined;
      if (!parent) continue;
      if (parent.parent_id === null) parents.set(parent.id, parent);
      else {
        judge(proof, codeOf(parent), parent, children);
        waiting.delete(key);
      }
    }
  }
  for (const [key, children] of waiting) {
    const parent = typeof key === "number" ? parents.get(key) : null;
    if (parent === undefined) throw new Error(`no area ${key} for ${children.length} areas below it`);
    judge(proof, codeOf(children[0]!), parent, children);
  }
  return proof;
}

function judge(proof: Proof, network: string, parent: AreaRow | null, children: AreaRow[]): void {
  const areas: CoverageArea[] = children.map(({ id, geom }) => ({ id: String(id), polygons: geom }));
  for (const { level_id } of children) proof.checked.add(level_id);
  if (parent) proof.proved.set(network, (proof.proved.get(network) ?? 0) + 1);
  for (const fault of findFaults(areas, parent?.geom)) {
    proof.faults.push({ network, parent: parent?.name ?? "", fault });
  }
}
