import { generateDemo } from "../../data/demo/generate.ts";
import { distancesFrom } from "../../data/roads/distances_from.ts";
import { nearestOnRoads, placeOnEdge, type RoadPlace } from "../../data/roads/nearest_on_roads.ts";
import type { Road } from "../../data/roads/road.ts";
import { buildRoadGraph, type RoadGraph } from "../../data/roads/road_graph.ts";
import { shortestPath } from "../../data/roads/shortest_path.ts";
import { traceBorder } from "../../data/roads/trace_border.ts";
import { atMost, type Figure, median, report, told } from "./report.ts";

/**
 * The road graph of the demo district, and of as many districts side by side as make 300,000 stretches: building it,
 * nearest roads, paths, a border traced with three alternatives, distances within a walk.
 */
const citySegments = 300_000;
/** Degrees between districts laid side by side; more than one is wide. */
const apart = 0.125;
const buildRounds = 7;

report("roads", measure());

function measure(): Figure[] {
  const district = generateDemo({ size: "district" }).road.map(({ geom, ...road }) => ({ ...road, lines: geom }));
  const city: Road[] = [];
  for (let copy = 0; copy * countSegments(district) < citySegments; copy++) {
    const [east, north] = [(copy % 6) * apart, Math.floor(copy / 6) * apart];
    for (const road of district) city.push({ ...road, lines: road.lines.map((line) => shifted(line, east, north)) });
  }
  return [...measureRoads("demo district", district, 100), ...measureRoads("city", city, 1000)];
}

function measureRoads(name: string, roads: readonly Road[], mostToBuild: number): Figure[] {
  const built: RoadGraph[] = [];
  const used = process.cpuUsage();
  const build = timed(buildRounds, () => {
    built[0] = buildRoadGraph(roads);
  });
  const { user, system } = process.cpuUsage(used);
  const graph = built[0]!;
  const at = (i: number): RoadPlace => {
    const edge = (i * 7919) % graph.edgeCount;
    return placeOnEdge(graph, edge, graph.edgeLength[edge]! / 3);
  };
  const beside = (i: number) => nearestOnRoads(graph, [at(i).at[0] + 0.004, at(i).at[1] + 0.003])[0]!;
  const traces = timed(100, (i) => {
    traceBorder(graph, at(i).at, beside(i).at, { more: 3 });
  });
  return [
    atMost(`${name}: ${countSegments(roads)} stretches, built, median`, build, "ms", mostToBuild),
    told("  of processors, mean", (user + system) / 1000 / (buildRounds + 1), "ms"),
    told("  nodes", graph.nodeCount, ""),
    told("  edges", graph.edgeCount, ""),
    told(
      "  nearest road, median",
      timed(500, (i) => beside(i)),
      "ms",
    ),
    told(
      "  path between any two places, median",
      timed(100, (i) => shortestPath(graph, at(i), at(i * 31 + 7))),
      "ms",
    ),
    atMost("  border of about 500 m traced, three alternatives, median", traces, "ms", 50),
    told(
      "  distances within 1 km, median",
      timed(100, (i) => distancesFrom(graph, at(i), { limit: 1000 })),
      "ms",
    ),
  ];
}

function timed(rounds: number, work: (round: number) => void): number {
  const times: number[] = [];
  work(0); // warm
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    work(round);
    times.push(performance.now() - started);
  }
  return median(times);
}

function countSegments(roads: readonly Road[]): number {
  return roads.reduce((sum, { lines }) => sum + lines.reduce((all, line) => all + line.length / 2 - 1, 0), 0);
}

function shifted(line: readonly number[], east: number, north: number): number[] {
  return line.map((degrees, i) => Math.round((degrees + (i % 2 === 0 ? east : north)) * 1e9) / 1e9);
}
