import { queryOptions } from "@tanstack/react-query";
import type { DraftArea } from "../../../data/division/draft.ts";
import { boxOf } from "../../../data/measure/box.ts";
import type { Bbox } from "../../../data/schema/geometry.ts";
import { PlanCheck, type PlanDetail, PlanFormer } from "../../../data/schema/plan.ts";
import { getJson } from "../../api/client.ts";
import { readBuildings, readPlan } from "../../api/plans.ts";
import { comparePlan, type PlanDifference } from "../compare_plan.ts";
import { CityGround, type GroundThing } from "../map/city_ground.ts";
import { buildingPoints, draftArea } from "../read_areas.ts";

/** All that stands on the sheet. */
export interface SheetFacts {
  plan: PlanDetail["plan"];
  check: PlanCheck;
  difference: PlanDifference;
  /** Lowest areas as the base edition has them, and as the plan draws them. */
  before: DraftArea[];
  after: DraftArea[];
  /** What the maps show; null where nothing is drawn. */
  box: Bbox | null;
  ground: GroundThing[];
  /** When it was read: what stands on the sheet was so then. */
  at: string;
}

/** Of what is shown that much is round what changed. */
const room = 0.18;

/** @param reader - part of the addresses of tiles */
export function sheetQuery(id: string, reader: string | undefined) {
  return queryOptions({
    queryKey: ["plan_sheet", id],
    queryFn: ({ signal }) => readSheet(id, reader, signal),
    staleTime: 0,
    gcTime: 0,
  });
}

async function readSheet(id: string, reader: string | undefined, signal: AbortSignal): Promise<SheetFacts> {
  const address = `/api/plans/${encodeURIComponent(id)}`;
  const [detail, buildings, former, check] = await Promise.all([
    readPlan(id, signal),
    readBuildings(id, signal),
    getJson(PlanFormer, `${address}/former`, {}, signal),
    getJson(PlanCheck, `${address}/check`, {}, signal),
  ]);
  const areas = detail.areas.map(draftArea);
  const byId = new Map(areas.map((area) => [area.id, area]));
  const figures = new Map(detail.areas.map((area) => [area.id, area]));
  const draft = { area: (key: string) => byId.get(key), areas: () => areas };
  const difference = comparePlan(draft, figures, former.areas.map(draftArea), buildingPoints(buildings));
  const parents = new Set(areas.map(({ parent_id }) => parent_id));
  const after = areas.filter((area) => !parents.has(area.id));
  const changed = new Set(difference.after.map((area) => area.id));
  const before = [...after.filter((area) => !changed.has(area.id)), ...difference.before];
  const box = placeOf([...difference.before, ...difference.after], after);
  const ground = new CityGround(reader);
  if (box) await ground.load(box);
  return {
    ...{ plan: detail.plan, check, difference, before, after, box },
    ground: box ? ground.near(box) : [],
    at: new Date().toISOString(),
  };
}

/** Round what changed; of a plan without a change, round all of it. */
function placeOf(changed: readonly DraftArea[], all: readonly DraftArea[]): Bbox | null {
  const shown = changed.length > 0 ? changed : all;
  if (shown.length === 0) return null;
  const [west, south, east, north] = boxOf(shown.flatMap(({ polygons }) => polygons));
  const [aside, up] = [room * (east - west), room * (north - south)];
  return [west - aside, south - up, east + aside, north + up];
}
