import type { BorderArc, Draft, DraftArea } from "../../../data/division/draft.ts";
import { aroundLine } from "../../../data/measure/box.ts";
import type { Bbox, Position } from "../../../data/schema/geometry.ts";
import { formatCount } from "../../../data/vocabulary/format.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { EchoFeature } from "../../map/draft_source.ts";
import type { Speak } from "../../ui/use_words.ts";
import type { PendingOperation, Planner } from "../planner_types.ts";
import { geometryOf, labelPlace, pairs } from "./draft_features.ts";
import type { EchoCard } from "./echo_drawing.ts";
import { FormerBorders } from "./former_borders.ts";
import { limitOf } from "./label_words.ts";
import { nameArea } from "./name_area.ts";

/** What the map itself draws over the draft: it changes with acts, not with the hand. @param held - the hand still moves */
export function listEchoes(planner: Planner, held: boolean, speak: Speak): EchoFeature[] {
  const { selection, draft, pending } = planner;
  const selected = selection.flatMap((id, i): EchoFeature[] => {
    const area = draft.area(id);
    return area ? [{ geometry: geometryOf(area.polygons), properties: { mark: "selected", order: i + 1 } }] : [];
  });
  return [
    ...selected,
    ...(pending && !held ? ghostsOf(pending, planner) : []),
    ...versionsOf(planner, speak),
    ...commentPins(planner.comments),
    ...planner.presence.map(
      ({ name, at }): EchoFeature => ({
        geometry: { type: "Point", coordinates: [...at] },
        properties: { mark: "presence", text: speak(toolWords.colleague_here, { name }) },
      }),
    ),
  ];
}

function ghostsOf(pending: PendingOperation, { draft, published }: Planner): EchoFeature[] {
  const touched = new Set(pending.figures.map(({ id }) => id));
  return pending.changed.flatMap(({ id, polygons }): EchoFeature[] => {
    if (!touched.has(id)) return [];
    const look = published.has(id) || draft.area(id) ? "kept" : "new";
    return [{ geometry: geometryOf(polygons), properties: { mark: "ghost", look } }];
  });
}

/** Pins, with the numbers that the panel lists comments by. */
export function commentPins(comments: Planner["comments"]): EchoFeature[] {
  return comments.flatMap(({ at, settled_at }, i): EchoFeature[] => {
    if (!at) return [];
    const look = settled_at === null ? "open" : "settled";
    return [
      { geometry: { type: "Point", coordinates: [...at] }, properties: { mark: "comment", look, text: String(i + 1) } },
    ];
  });
}

/** px from the middle of a pin's bubble */
const pinReach = 14;
const pinHeight = 16;

/** The comment whose pin is at a point. */
export function commentAt(
  { comments }: Planner,
  [x, y]: readonly [number, number],
  project: (at: Position) => [number, number],
): string | null {
  const found = comments.findLast(({ at }) => {
    if (!at) return false;
    const [px, py] = project(at);
    return Math.abs(px - x) <= pinReach && Math.abs(py - pinHeight - y) <= pinReach;
  });
  return found?.id ?? null;
}

/** Both versions of each border that is in dispute: mine dashed, the colleague's solid, each with its name. */
function versionsOf({ sync, draft }: Planner, speak: Speak): EchoFeature[] {
  if (sync.state !== "conflict" || sync.mine.length === 0) return [];
  const mine = sync.mine.filter(({ id }) => !sync.mine.some(({ parent_id }) => parent_id === id));
  const ids = new Set([...mine.map(({ id }) => id), ...sync.areas]);
  const theirs = [...ids].flatMap((id) => draft.area(id) ?? []);
  const their = sync.by === null ? speak(toolWords.version_theirs) : speak(toolWords.version_of, { name: sync.by });
  return [
    ...versionLines(outlines(theirs), mine, "theirs", their),
    ...versionLines(outlines(mine), theirs, "mine", speak(toolWords.version_mine)),
  ];
}

/** What two versions of a border are about, with some of what lies round it; null where nothing is in dispute. */
export function disputedBox(planner: Planner): Bbox | null {
  const lines = versionsOf(planner, () => "").flatMap(({ geometry }) =>
    geometry.type === "LineString" ? (geometry.coordinates as [number, number][]) : [],
  );
  if (lines.length === 0) return null;
  const [west, south, east, north] = aroundLine(lines.flat());
  const [aside, up] = [Math.max(east - west, leastDispute), Math.max(north - south, leastDispute)];
  return [west - aside, south - up, east + aside, north + up];
}

/** Degrees; about 100 m. */
const leastDispute = 0.001;

const outlines = (areas: readonly DraftArea[]): number[][] => areas.flatMap(({ polygons }) => polygons.flat());

/** Stretches of outlines that the other version does not have; the longest carries the name. */
function versionLines(
  rings: readonly number[][],
  other: readonly DraftArea[],
  look: "mine" | "theirs",
  text: string,
): EchoFeature[] {
  const borders = new FormerBorders(other);
  const lines: number[][] = [];
  for (const ring of rings) {
    let line: number[] = [];
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const edge = ring.slice(i, i + 4);
      const arc: BorderArc = { left: null, right: null, line: edge, movable: true };
      if (borders.isFormer(arc)) {
        if (line.length > 0) lines.push(line);
        line = [];
      } else line.push(...(line.length === 0 ? edge : edge.slice(2)));
    }
    if (line.length > 0) lines.push(line);
  }
  const distinct = [...new Map(lines.map((line) => [endsOf(line), line])).values()];
  const [longest] = distinct.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return [
    ...distinct.map(
      (line): EchoFeature => ({
        geometry: { type: "LineString", coordinates: pairs(line) },
        properties: { mark: "version", look, text },
      }),
    ),
    ...(longest
      ? [
          {
            geometry: { type: "Point", coordinates: middleOf(longest) },
            properties: { mark: "version_name", look, text },
          } satisfies EchoFeature,
        ]
      : []),
  ];
}

/** The border of two areas runs along both, once each way. */
function endsOf(line: readonly number[]): string {
  return [line.slice(0, 2).join(), line.slice(-2).join()].sort().join(" ") + line.length;
}

function lengthOf(line: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i + 3 < line.length; i += 2) sum += Math.hypot(line[i + 2]! - line[i]!, line[i + 3]! - line[i + 1]!);
  return sum;
}

function middleOf(line: readonly number[]): [number, number] {
  let left = lengthOf(line) / 2;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const long = Math.hypot(line[i + 2]! - line[i]!, line[i + 3]! - line[i + 1]!);
    if (long >= left && long > 0) {
      const share = left / long;
      return [line[i]! + share * (line[i + 2]! - line[i]!), line[i + 1]! + share * (line[i + 3]! - line[i + 1]!)];
    }
    left -= long;
  }
  return [line[0]!, line[1]!];
}

/** A card for each area that what waits for Enter would change. */
export function cardsOf(planner: Planner, speak: Speak): EchoCard[] {
  const { pending, draft } = planner;
  if (!pending) return [];
  return pending.figures.flatMap(({ id, before, after }): EchoCard[] => {
    const area = areaOf(pending, draft, id);
    if (!area) return [];
    const look = after === null ? "gone" : before === null ? "new" : "kept";
    const lines = after
      ? [
          `${signOf(planner, area, after.households)}${speak(toolWords.households_apart, { n: formatCount(after.households) })} ${speak(toolWords.people, { n: formatCount(after.people) })}`,
          speak(toolWords.buildings, { n: formatCount(after.buildings) }),
        ]
      : [];
    return [
      { at: labelPlace(area), title: speak(toolWords[look], { name: nameArea(draft, pending, id) }), lines, look },
    ];
  });
}

function signOf(planner: Planner, area: DraftArea, households: number): string {
  return { over: "▲", under: "▼", "": "" }[limitOf(planner, area, households)];
}

function areaOf(pending: PendingOperation, draft: Draft, id: string): DraftArea | undefined {
  return pending.changed.find((area) => area.id === id) ?? draft.area(id);
}
