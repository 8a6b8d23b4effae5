import type { DrawnEdition } from "../../data/division/draw_edition.ts";
import type { CopyValue, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { type AreaVersionRow, copyAreaVersions } from "../loading/area_versions.ts";
import { multiPolygonHex, pointHex } from "../loading/ewkb.ts";
import type { NextEdition } from "./assemble.ts";
import type { LevelRow, PlanRow } from "./plan_repository.ts";

/** A new edition on its way into the database. */
export interface EditionToWrite {
  plan: PlanRow;
  number: number;
  /** First day in force. */
  from_day: string;
  next: NextEdition;
  drawn: DrawnEdition;
  levels: readonly LevelRow[];
}

/** Draft id → id in the database. */
export type IdOf = (id: string) => number;

/** The edition itself; its counts follow on its first day. */
export async function writeEdition(tx: Queries, { plan, number, from_day }: EditionToWrite): Promise<void> {
  await tx.query(sql`
    update edition set to_day = ${from_day}::date where network_id = ${plan.network_id} and to_day is null`);
  await tx.query(sql`
    insert into edition (network_id, number, from_day, note, in_effect)
    values (${plan.network_id}, ${number}, ${from_day}::date, ${plan.name}, false)`);
}

/** Gives new areas their identity. */
export async function writeIdentities(tx: Queries, { plan, next, drawn }: EditionToWrite): Promise<IdOf> {
  const fresh = next.written.filter(({ id }) => next.fresh.has(id));
  const codes = fresh.map(({ id, code }) => code ?? drawn.codes.get(id)!);
  const rows = await tx.query(sql<{ id: number; code: string }>`
    insert into area (network_id, code) select ${plan.network_id}, code from unnest(${codes}::text[]) as code
    returning id, code`);
  if (rows.length !== fresh.length) throw new Error(`${fresh.length} areas were made, ${rows.length} arrived`);
  const byCode = new Map(rows.map(({ id, code }) => [code, id]));
  const ids = new Map(fresh.map(({ id }, i) => [id, byCode.get(codes[i]!)!]));
  return (id) => ids.get(id) ?? Number(id);
}

/** Ends the rows of what changed and writes how it is now; all others stay as they are. */
export async function writeVersions(tx: Queries, edition: EditionToWrite, idOf: IdOf): Promise<void> {
  const { plan, number, next, drawn, levels } = edition;
  const ended = [...next.ended.map(Number), ...[...drawn.recoloured.keys()].map(Number)];
  const closed = await tx.query(sql<{ area_id: number }>`
    update area_version set to_edition = ${number}
    where network_id = ${plan.network_id} and to_edition is null and area_id = any(${ended}::bigint[])
    returning area_id`);
  if (closed.length !== ended.length) throw new Error(`${ended.length} areas were to end, ${closed.length} did`);
  const levelIds = new Map(levels.map(({ ordinal, id }) => [ordinal, id]));
  const source = `划分方案「${plan.name}」`;
  const rows = [...next.written]
    .sort((a, b) => a.level - b.level)
    .map((area): AreaVersionRow => {
      const { at, area_m2, hue } = drawn.facts.get(area.id)!;
      return {
        ...area,
        area_id: idOf(area.id),
        network_id: plan.network_id,
        from_edition: number,
        level_id: levelIds.get(area.level)!,
        parent_id: area.parent_id === null ? null : idOf(area.parent_id),
        hue,
        at,
        area_m2,
        source: area.source ?? source,
      };
    });
  await copyAreaVersions(tx, rows);
  await writeRecoloured(tx, edition);
}

/** Areas that stay but must show another hue: all else is as in the row that ended. */
async function writeRecoloured(tx: Queries, { plan, number, drawn }: EditionToWrite): Promise<void> {
  const { recoloured } = drawn;
  if (recoloured.size === 0) return;
  await tx.query(sql`
    insert into area_version (area_id, network_id, from_edition, level_id, parent_id, name, short_name, kind, profile_id,
      child_profile_id, hue, geom, at, area_m2, piece_count, source)
    select v.area_id, v.network_id, ${number}, v.level_id, v.parent_id, v.name, v.short_name, v.kind, v.profile_id,
      v.child_profile_id, r.hue, v.geom, v.at, v.area_m2, v.piece_count, v.source
    from unnest(${[...recoloured.keys()]}::bigint[], ${[...recoloured.values()]}::int[]) as r (id, hue)
      join area_version v on v.area_id = r.id and v.to_edition = ${number} and v.network_id = ${plan.network_id}`);
}

/** Borders of what was reshaped; those between others stay. */
export async function writeNeighbours(tx: Queries, edition: EditionToWrite, idOf: IdOf): Promise<void> {
  const { plan, number, next, drawn } = edition;
  const gone = next.ended.filter((id) => drawn.reshaped.has(id)).map(Number);
  await tx.query(sql`
    update area_neighbour set to_edition = ${number}
    where network_id = ${plan.network_id} and to_edition is null
      and (area_id = any(${gone}::bigint[]) or neighbour_id = any(${gone}::bigint[]))`);
  await tx.copyIn(
    "area_neighbour",
    ["network_id", "area_id", "neighbour_id", "from_edition", "border_m"],
    drawn.borders.flatMap(({ a, b, border_m }): CopyValue[][] => [
      [plan.network_id, idOf(a), idOf(b), number, border_m],
      [plan.network_id, idOf(b), idOf(a), number, border_m],
    ]),
  );
}

/** Ground that changed hands; of a first edition, where all is new, nothing is kept. */
export async function writeMovedGround(tx: Queries, edition: EditionToWrite, idOf: IdOf): Promise<void> {
  const { plan, number, drawn } = edition;
  if (plan.base_edition === null) return;
  const ref = (id: string | null) => (id === null ? null : idOf(id));
  await tx.copyIn(
    "moved_ground",
    ["network_id", "edition", "level", "lowest", "from_area_id", "area_id", "geom", "at", "area_m2"],
    drawn.moved.map(({ level, lowest, from, to, polygons, at, area_m2 }): CopyValue[] => [
      plan.network_id,
      number,
      level,
      lowest,
      ref(from),
      ref(to),
      multiPolygonHex(polygons),
      pointHex(at),
      area_m2,
    ]),
  );
}
