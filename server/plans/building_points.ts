import { tierRegions } from "../../data/access/decide.ts";
import type { PlanBuildings } from "../../data/schema/plan.ts";
import type { Reader } from "../access/reader.ts";
import { sqlScope } from "../access/scope_sql.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { PlanRow } from "./repository.ts";

const pageSize = 4_000; // rows

/** Buildings in the box of the plan, of a whole network all of them: those whose counts the reader may see. */
export async function readBuildingPoints(
  db: Queries,
  { west, south, east, north }: Pick<PlanRow, "west" | "south" | "east" | "north">,
  { grants }: Pick<Reader, "grants">,
  day: string,
): Promise<PlanBuildings> {
  const counted = tierRegions("buildings", grants)[1] ?? [];
  const seen = sqlScope(grants, day).inSome(counted, { shape: sql`b.at`, holder: null });
  const near = west === null ? sql`true` : sql`b.at && st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)`;
  const points: PlanBuildings = { at: [], households: [], people: [] };
  const statement = sql<{ lon: number; lat: number; households: number; people: number }>`
    select st_x(b.at) as lon, st_y(b.at) as lat, b.households, b.people from building b
    where ${near} and ${seen} order by b.id`;
  await db.eachBatch(statement, pageSize, (rows) => {
    for (const { lon, lat, households, people } of rows) {
      points.at.push(lon, lat);
      points.households.push(households);
      points.people.push(people);
    }
  });
  return points;
}
