import { type CrosswalkRow, crossAreas } from "../../data/checks/crosswalk.ts";
import type { CoverageArea } from "../../data/coverage/fault.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { Crosswalk } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import { paired, rowsOf, surfaceOf } from "./build_division.ts";
import type { CheckMessage, CrosswalkBegin } from "./check_protocol.ts";

/** An area lies whole in another one when all but so much of its surface does. */
const forgotten = 0.001;

export interface CrosswalkBuilder {
  take: (message: CheckMessage) => void;
  finish: () => Crosswalk;
}

/** Puts a crosswalk together from the pages that arrive, and reckons it. */
export function buildCrosswalk({ from, to, area }: CrosswalkBegin): CrosswalkBuilder {
  const areas: Record<"from" | "to", CoverageArea[]> = { from: [], to: [] };
  const refs = new Map<string, AreaRef>();
  const buildings: { at: Position; households: number }[] = [];
  const legalEntities: Position[] = [];
  return {
    take(message) {
      if (message.kind === "crosswalk_areas") {
        for (const [ref, shape] of paired(message)) {
          refs.set(ref.id, ref);
          areas[message.side].push({ id: ref.id, polygons: surfaceOf(shape) });
        }
      } else if (message.kind === "counted") {
        for (const { lon, lat, households } of rowsOf(message.facts)) {
          if (message.of === "building") buildings.push({ at: [lon, lat], households });
          else legalEntities.push([lon, lat]);
        }
      } else throw new Error(`${message.kind} is no part of a crosswalk`);
    },
    finish() {
      const rows = crossAreas(areas.from, areas.to, { buildings, legal_entities: legalEntities });
      return {
        from,
        to,
        area,
        rows: rows.map((row) => writeRow(row, refs)),
        nested: rows.filter(({ total, parts: [first] }) => first && first.area_m2 >= total.area_m2 * (1 - forgotten))
          .length,
      };
    },
  };
}

function writeRow(
  { id, total, parts, rest }: CrosswalkRow,
  refs: ReadonlyMap<string, AreaRef>,
): Crosswalk["rows"][number] {
  return {
    area: refs.get(id)!,
    total,
    parts: parts.map(({ id: of, ...part }) => ({
      ...part,
      area: refs.get(of)!,
      share: total.area_m2 === 0 ? 0 : Math.min(1, part.area_m2 / total.area_m2),
      households_share: shareOf(part.households, total.households),
      legal_entities_share: shareOf(part.legal_entities, total.legal_entities),
    })),
    rest,
  };
}

function shareOf(part: number, total: number): number | null {
  return total === 0 ? null : part / total;
}
