import { type Arc, buildArcs } from "../../data/division/arcs.ts";
import type { LevelRole } from "../../data/schema/network.ts";
import { ValueTable } from "../encode/value_table.ts";
import type { AreaChunk, AttributeValue } from "../rows.ts";
import { polygonsOf, ShapeCollector } from "../shape_columns.ts";
import { type AreaTree, buildAreaTree } from "./area_tree.ts";
import { FeatureCollector, type FeatureColumns, type Ranker } from "./feature_columns.ts";
import { type RankedArcs, shareRanks } from "./shared_ranks.ts";
import { attributeKeys } from "./vector_layers.ts";

/** The areas of one network in one edition, ready to be drawn. */
export interface AreaSet {
  faces: FeatureColumns;
  /** Borders that run on past the ends of deeper ones, for zooms below `fineArcsFrom`. */
  coarseArcs: FeatureColumns;
  /** Borders of the deepest areas, each stretch between two of them for itself. */
  fineArcs: FeatureColumns;
  labels: FeatureColumns;
}

/** Builds the faces, borders and labels of one network from its rows. */
export function buildAreaSet(chunks: readonly AreaChunk[]): AreaSet {
  const tree = buildAreaTree(chunks.flatMap(nodesOf));
  const levels = arcsByRank(chunks, tree);
  const ranker = shareRanks(levels);
  const fineArcs = collectArcs(tree, [{ arcs: levels.at(-1)?.arcs ?? [] }], ranker);
  const byRank = levels.map(({ arcs, rank }) => ({ arcs, only: rank }));
  return {
    faces: collectFaces(chunks, tree, ranker),
    coarseArcs: levels.length > 1 ? collectArcs(tree, byRank, ranker) : fineArcs,
    fineArcs,
    labels: collectLabels(chunks, tree),
  };
}

function nodesOf(chunk: AreaChunk): { id: number; parent: number; level: number; role: LevelRole }[] {
  return Array.from({ length: chunk.shapes.count }, (_, i) => ({
    id: chunk.ids[i]!,
    parent: chunk.parents[i]!,
    level: chunk.levels[i]!,
    role: chunk.roles[i]!,
  }));
}

/** For each rank of the tree the borders of what covers the network down to it. */
function arcsByRank(chunks: readonly AreaChunk[], tree: AreaTree): (RankedArcs & { rank: number })[] {
  const places = new Map<number, [AreaChunk, number]>();
  for (const chunk of chunks) for (let i = 0; i < chunk.shapes.count; i++) places.set(chunk.ids[i]!, [chunk, i]);
  return tree.ranks.map((rank) => {
    const covering = tree.coverageAt(rank);
    const arcs = buildArcs(
      covering.map(({ id }) => {
        const [chunk, i] = places.get(id)!;
        return { id, polygons: polygonsOf(chunk.shapes, i) };
      }),
    );
    return { rank, arcs, zoom: covering.reduce((most, { id }) => Math.max(most, tree.zoomOf(id)), 0) };
  });
}

function collectFaces(chunks: readonly AreaChunk[], tree: AreaTree, ranker: Ranker): FeatureColumns {
  const collector = new FeatureCollector(attributeKeys("areas"), new ValueTable());
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.shapes.count; i++) {
      const id = chunk.ids[i]!;
      const values: Record<string, AttributeValue> = {
        ...sharedValues(chunk, i, tree),
        name: chunk.names[i],
        kind: chunk.kinds[i],
        hue: chunk.hues[i],
        people: chunk.people[i],
        above: tree.levelAbove(chunk.ids[i]!),
      };
      collector.add(id, chunk.shapes, i, tree.zoomOf(id), (key) => values[key], ranker);
    }
  }
  return collector.finish();
}

function sharedValues(chunk: AreaChunk, i: number, tree: AreaTree): Record<string, AttributeValue> {
  return {
    code: chunk.codes[i],
    level: chunk.levels[i],
    role: chunk.roles[i],
    leaf: tree.hasChildren(chunk.ids[i]!) ? 0 : 1,
    households: chunk.households[i],
  };
}

/** @param groups - arcs, and of them only those at which the tree forks at one rank */
function collectArcs(
  tree: AreaTree,
  groups: readonly { arcs: readonly Arc[]; only?: number }[],
  ranker: Ranker,
): FeatureColumns {
  const collector = new FeatureCollector(attributeKeys("area_arcs"), new ValueTable());
  const shape = new ShapeCollector();
  let id = 0;
  for (const { arcs, only } of groups) {
    for (const { left, right, line } of arcs) {
      const { level, role, rank, zoom } = tree.forkOf(left, right);
      if (only !== undefined && rank !== only) continue;
      shape.addLines([line]);
      const values: Record<string, AttributeValue> = { level, role, left, right };
      collector.add(++id, shape.finish(), 0, zoom, (key) => values[key], ranker);
    }
  }
  return collector.finish();
}

function collectLabels(chunks: readonly AreaChunk[], tree: AreaTree): FeatureColumns {
  const collector = new FeatureCollector(attributeKeys("area_labels"), new ValueTable());
  for (const chunk of chunks) {
    const points = new ShapeCollector();
    for (let i = 0; i < chunk.shapes.count; i++) points.addPoint([chunk.at[i * 2]!, chunk.at[i * 2 + 1]!]);
    const shapes = points.finish();
    for (let i = 0; i < shapes.count; i++) {
      const id = chunk.ids[i]!;
      const values: Record<string, AttributeValue> = {
        ...sharedValues(chunk, i, tree),
        name: chunk.short_names[i],
        below: tree.levelBelow(id),
        number: /\d+$/.exec(chunk.short_names[i]!)?.[0],
        leader: chunk.leaders[i],
        size: Math.round(chunk.areas_m2[i]!),
      };
      collector.add(id, shapes, i, tree.zoomOf(id), (key) => values[key]);
    }
  }
  return collector.finish();
}
