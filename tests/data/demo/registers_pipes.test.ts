import { beforeAll, expect, test } from "vitest";
import type { PipeKind } from "../../../data/schema/city_rows.ts";
import { type FurnishedPlace, furnishPlace } from "./registers_district.ts";

let place: FurnishedPlace;
beforeAll(() => {
  place = furnishPlace("district");
});
const kinds: PipeKind[] = ["JS", "PS", "RQ", "RL", "DL", "TX", "GY"];

test("each kind of pipe is one connected network with one source", () => {
  const { pipe, pipe_node } = place.rows;
  for (const kind of kinds) {
    const nodes = pipe_node.filter((node) => node.pipe_kind === kind);
    const pipes = pipe.filter((row) => row.kind === kind);
    expect(pipes.length, kind).toBeGreaterThan(10);
    const sources = nodes.filter((node) => node.kind === "source");
    expect(sources, kind).toHaveLength(1);
    const around = new Map<number, number[]>(nodes.map((node) => [node.id, []]));
    for (const { from_node_id, to_node_id } of pipes) {
      around.get(from_node_id)!.push(to_node_id);
      around.get(to_node_id)!.push(from_node_id);
    }
    const reached = new Set([sources[0]!.id]);
    for (const id of reached) for (const next of around.get(id)!) reached.add(next);
    expect(reached.size, kind).toBe(nodes.length);
  }
});

test("a community alone has connected pipes, hydrants, key units and people too", () => {
  const { rows } = furnishPlace("community");
  const around = new Map<number, number[]>(rows.pipe_node.map((node) => [node.id, []]));
  for (const { from_node_id, to_node_id } of rows.pipe) {
    around.get(from_node_id)!.push(to_node_id);
    around.get(to_node_id)!.push(from_node_id);
  }
  const sources = rows.pipe_node.filter((node) => node.kind === "source");
  expect(new Set(sources.map((node) => node.pipe_kind))).toEqual(new Set(["JS", "PS", "RQ", "RL", "DL", "TX"]));
  const reached = new Set(sources.map((node) => node.id));
  for (const id of reached) for (const next of around.get(id)!) reached.add(next);
  expect(reached.size).toBe(rows.pipe_node.length);
  expect(rows.component.some((row) => row.kind === "hydrant")).toBe(true);
  expect(rows.key_unit.length).toBeGreaterThanOrEqual(3);
  expect(rows.key_unit.length).toBeLessThan(10);
  expect(rows.staff.length).toBeGreaterThan(100);
});

test("every pipe ends exactly at its two nodes, which are of its kind", () => {
  const { pipe, pipe_node } = place.rows;
  for (const row of pipe) {
    const [from, to] = [pipe_node[row.from_node_id - 1]!, pipe_node[row.to_node_id - 1]!];
    expect([from.pipe_kind, to.pipe_kind]).toEqual([row.kind, row.kind]);
    expect(row.geom.slice(0, 2)).toEqual(from.at);
    expect(row.geom.slice(-2)).toEqual(to.at);
    expect(row.geom.length).toBeGreaterThanOrEqual(4);
  }
});

test("water runs out from the source and sewage runs in to the works", () => {
  const { pipe, pipe_node } = place.rows;
  for (const [kind, inwards] of [
    ["JS", false],
    ["PS", true],
  ] as const) {
    const source = pipe_node.find((node) => node.pipe_kind === kind && node.kind === "source")!;
    const pipes = pipe.filter((row) => row.kind === kind);
    const steps = new Map<number, number[]>();
    for (const row of pipes) {
      const [a, b] = inwards ? [row.to_node_id, row.from_node_id] : [row.from_node_id, row.to_node_id];
      steps.set(a, [...(steps.get(a) ?? []), b]);
    }
    const reached = new Set([source.id]);
    for (const id of reached) for (const next of steps.get(id) ?? []) reached.add(next);
    expect(reached.size).toBe(pipe_node.filter((node) => node.pipe_kind === kind).length);
  }
});

test("pipes say what they are made of and whose they are, ducts have a section instead of a diameter", () => {
  const { pipe, organisation } = place.rows;
  for (const row of pipe) {
    expect(row.diameter_mm === null).toBe(row.section !== null);
    expect(row.material).not.toBe("");
    expect(row.depth_m).toBeGreaterThan(0.5);
    expect(row.depth_m).toBeLessThan(4);
    expect(organisation[row.owner_id! - 1]!.kind).toBe("company");
  }
});

test("water can be shut off: most junctions of pressure pipes are valves", () => {
  const nodes = place.rows.pipe_node.filter((node) => node.pipe_kind === "JS");
  const valves = nodes.filter((node) => node.kind === "valve");
  expect(valves.length / nodes.length).toBeGreaterThan(0.5);
});
