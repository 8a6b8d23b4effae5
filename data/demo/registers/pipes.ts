import type { PipeKind, PipeNodeRow, PipeRow } from "../../schema/city_rows.ts";
import { drawBetween } from "../random.ts";
import { cutLine, offsetLine, type PlaneLine, pointAlong } from "./flat_geometry.ts";
import { type PipeLayout, pipeLayouts } from "./pipe_kinds.ts";
import { chooseSource, type SourceSite } from "./pipe_sources.ts";
import type { Scene } from "./scene.ts";
import { halfWidths, roadRanks, type StreetPiece } from "./street_pieces.ts";

export interface Pipes {
  pipe_node: PipeNodeRow[];
  pipe: PipeRow[];
  sources: SourceSite[];
  /** Per street piece: id of its water pipe, 0 = none. */
  water_along: number[];
}

/** A chamber of one kind at one junction of the plan. */
interface Chamber {
  vertex: number;
  x: number;
  y: number;
  /** Pieces that meet here. */
  pieces: number[];
  /** Rank of the widest street that meets here. */
  rank: number;
  /** Pipes between here and the source. */
  hops: number;
  id: number;
}

/**
 * Lays the networks of all kinds along the streets: one chamber a junction, one pipe a street piece. Of each kind
 * only the largest connected part is built, and joined to its source. Pipes run from the source outwards
 * (drainage: towards it), and end exactly at the coordinates of their nodes.
 */
export function layPipes(scene: Scene): Pipes {
  const pipes: Pipes = { pipe_node: [], pipe: [], sources: [], water_along: scene.pieces.map(() => 0) };
  for (const layout of pipeLayouts) layKind(scene, layout, pipes);
  return pipes;
}

/** Notes the owner of each kind: organisation ids. */
export function ownPipes(pipes: Pipes, owners: Partial<Record<PipeKind, number>>): void {
  for (const pipe of pipes.pipe) pipe.owner_id = owners[pipe.kind] ?? null;
}

function layKind(scene: Scene, layout: PipeLayout, pipes: Pipes): void {
  const pieces = scene.pieces.map((_, index) => index).filter((index) => carries(layout, scene.pieces[index]!));
  const chambers = keepLargestPart(scene, placeChambers(scene, layout, pieces));
  if (chambers.size < 2) return;
  const source = chooseSource(scene, layout, chambers.values());
  countHops(scene, chambers, source.vertex);
  for (const chamber of chambers.values()) addChamber(scene, layout, chamber, pipes);
  const sourceId = addSource(scene, layout, source, pipes);
  const joined = chambers.get(source.vertex)!;
  const sizes = Object.values(layout.sizes);
  addPipe(scene, layout, pipes, {
    from: sourceId,
    to: joined.id,
    line: { x: [source.x, joined.x], y: [source.y, joined.y] },
    size: sizes[0]!,
  });
  for (const index of pieces) {
    const piece = scene.pieces[index]!;
    const [a, b] = [chambers.get(piece.vertices[0]!), chambers.get(piece.vertices.at(-1)!)];
    if (!a || !b || a === b) continue;
    const id = addPipe(scene, layout, pipes, {
      from: a.id,
      to: b.id,
      line: layAcross(piece, layout, a, b),
      size: layout.sizes[piece.class]!,
      reverse: a.hops > b.hops,
      piece,
    });
    if (layout.kind === "JS") pipes.water_along[index] = id;
  }
}

function carries(layout: PipeLayout, piece: StreetPiece): boolean {
  return layout.sizes[piece.class] !== undefined && (layout.kind !== "GY" || piece.zone === "enterprise");
}

function placeChambers(scene: Scene, layout: PipeLayout, pieces: readonly number[]): Map<number, Chamber> {
  const chambers = new Map<number, Chamber>();
  for (const index of pieces) {
    const piece = scene.pieces[index]!;
    for (const vertex of [piece.vertices[0]!, piece.vertices.at(-1)!]) {
      let chamber = chambers.get(vertex);
      if (!chamber) {
        chamber = { vertex, x: scene.plan.x[vertex]!, y: scene.plan.y[vertex]!, pieces: [], rank: 9, hops: -1, id: 0 };
        chambers.set(vertex, chamber);
      }
      chamber.pieces.push(index);
      chamber.rank = Math.min(chamber.rank, roadRanks[piece.class]);
    }
  }
  for (const chamber of chambers.values()) {
    if (chamber.pieces.length === 1) {
      Object.assign(chamber, endBeside(scene.pieces[chamber.pieces[0]!]!, layout, chamber.vertex));
      continue;
    }
    const narrow = chamber.rank >= roadRanks.lane ? 0.45 : 1; // a lane is no wider than the distance itself
    chamber.x += layout.chamber[0] * narrow;
    chamber.y += layout.chamber[1] * narrow;
  }
  return chambers;
}

/** A blind end lies in its line, short of the end of the street: that may be the border of the district. */
function endBeside(piece: StreetPiece, layout: PipeLayout, vertex: number): { x: number; y: number } {
  const left = halfWidths[piece.class] * layout.across;
  const short = Math.min(4 + Math.abs(left), piece.length * 0.25);
  const spot = pointAlong(piece, piece.vertices[0] === vertex ? short : piece.length - short);
  return { x: spot.x - spot.dy * left, y: spot.y + spot.dx * left };
}

function keepLargestPart(scene: Scene, chambers: Map<number, Chamber>): Map<number, Chamber> {
  let best: number[] = [];
  const seen = new Set<number>();
  for (const start of chambers.keys()) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (let at = 0; at < part.length; at++) {
      for (const next of neighboursOf(scene, chambers.get(part[at]!)!)) {
        if (!seen.has(next)) {
          seen.add(next);
          part.push(next);
        }
      }
    }
    if (part.length > best.length) best = part;
  }
  const kept = new Set(best);
  return new Map([...chambers].filter(([vertex]) => kept.has(vertex)));
}

function countHops(scene: Scene, chambers: Map<number, Chamber>, from: number): void {
  chambers.get(from)!.hops = 0;
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    const here = chambers.get(queue[at]!)!;
    for (const vertex of neighboursOf(scene, here)) {
      const next = chambers.get(vertex)!;
      if (next.hops >= 0) continue;
      next.hops = here.hops + 1;
      queue.push(vertex);
    }
  }
}

function neighboursOf(scene: Scene, chamber: Chamber): number[] {
  return chamber.pieces.map((index) => {
    const { vertices } = scene.pieces[index]!;
    return vertices[0] === chamber.vertex ? vertices.at(-1)! : vertices[0]!;
  });
}

function addChamber(scene: Scene, layout: PipeLayout, chamber: Chamber, pipes: Pipes): void {
  chamber.id = pipes.pipe_node.length + 1;
  const random = scene.random(`chamber/${layout.kind}/${chamber.vertex}`);
  const kind = chamber.pieces.length === 1 ? "end" : chooseFitting(layout, chamber, random());
  pipes.pipe_node.push({
    id: chamber.id,
    code: `${layout.kind}J${scene.district}${String(chamber.id).padStart(5, "0")}`,
    pipe_kind: layout.kind,
    kind,
    status: kind === "valve" && random() < 0.015 ? "failed" : "in_use",
    at: scene.place(chamber.x, chamber.y),
  });
}

/** Valves where streets cross; where lanes branch off lanes, every second branch is a plain tee. */
function chooseFitting(layout: PipeLayout, chamber: Chamber, draw: number): PipeNodeRow["kind"] {
  if (!layout.valves) return "manhole";
  if (chamber.pieces.length === 2) return draw < 0.35 ? "valve" : "manhole";
  return chamber.rank >= roadRanks.lane && draw < 0.5 ? "tee" : "valve";
}

function addSource(scene: Scene, layout: PipeLayout, source: SourceSite, pipes: Pipes): number {
  pipes.sources.push(source);
  const id = pipes.pipe_node.length + 1;
  pipes.pipe_node.push({
    id,
    code: `${layout.kind}Y${scene.district}${String(id).padStart(5, "0")}`,
    pipe_kind: layout.kind,
    kind: "source",
    status: "in_use",
    at: scene.place(source.x, source.y),
  });
  return id;
}

interface Laid {
  from: number;
  to: number;
  line: PlaneLine;
  size: NonNullable<PipeLayout["sizes"]["main"]>;
  /** The line runs against the flow from the source. */
  reverse?: boolean;
  piece?: StreetPiece;
}

function addPipe(scene: Scene, layout: PipeLayout, pipes: Pipes, laid: Laid): number {
  const id = pipes.pipe.length + 1;
  const random = scene.random(`pipe/${layout.kind}/${laid.from}/${laid.to}`);
  const against = (laid.reverse ?? false) !== layout.collects;
  const [from, to] = against ? [laid.to, laid.from] : [laid.from, laid.to];
  const oldest = laid.piece?.zone === "old" ? 1986 : laid.piece?.zone === "new" ? 2008 : 1997;
  pipes.pipe.push({
    id,
    code: `${layout.kind}${scene.district}${String(id).padStart(6, "0")}`,
    kind: layout.kind,
    from_node_id: from,
    to_node_id: to,
    ...laid.size,
    depth_m: Math.round(drawBetween(random, layout.depth[0], layout.depth[1]) * 10) / 10,
    year: Math.floor(drawBetween(random, oldest, oldest + 15)),
    status: "in_use",
    owner_id: null,
    geom: toDegrees(scene, laid.line, against),
  });
  return id;
}

function toDegrees(scene: Scene, line: PlaneLine, reverse: boolean): number[] {
  const geom: number[] = [];
  for (let i = 0; i < line.x.length; i++) {
    const at = reverse ? line.x.length - 1 - i : i;
    const place = scene.place(line.x[at]!, line.y[at]!);
    geom.push(place[0], place[1]);
  }
  return geom;
}

/** Chamber → parallel of the street → chamber. */
function layAcross(piece: StreetPiece, layout: PipeLayout, a: Chamber, b: Chamber): PlaneLine {
  const half = halfWidths[piece.class];
  const trim = Math.min(half * 1.1 + 2, piece.length * 0.3);
  const parallel = offsetLine(cutLine(piece, trim, piece.length - trim), half * layout.across);
  return { x: [a.x, ...parallel.x, b.x], y: [a.y, ...parallel.y, b.y] };
}
