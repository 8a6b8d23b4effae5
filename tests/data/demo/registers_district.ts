import { divide, type DivideOptions, firstNumbers } from "../../../data/demo/division/divide.ts";
import { byHouseholds } from "../../../data/demo/division/governance.ts";
import type { Division } from "../../../data/demo/division/division.ts";
import { layGround } from "../../../data/demo/ground/lay_ground.ts";
import type { GroundPlan } from "../../../data/demo/ground_plan.ts";
import { type Furnishing, furnish } from "../../../data/demo/registers/furnish.ts";

export interface FurnishedPlace {
  plan: GroundPlan;
  division: Division;
  rows: Furnishing;
}

/** Of the demo city's first district. */
export const demoCounty = { seed: "1", county: "900102", county_name: "海源区" } as const;
const divideOptions: DivideOptions = {
  ...demoCounty,
  district: 0,
  gridsFor: byHouseholds,
  district_level: false,
  first: firstNumbers,
};

/** The demo district or community, laid, divided and furnished. */
export function furnishPlace(size: "community" | "district"): FurnishedPlace {
  const plan = layGround({ size });
  const division = divide(plan, divideOptions);
  return { plan, division, rows: furnish(plan, division, { ...demoCounty, size }) };
}
