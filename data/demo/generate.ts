import type { CityRows } from "../schema/city_rows.ts";
import { divide, type DivideOptions, firstNumbers } from "./division/divide.ts";
import { layGround } from "./ground/lay_ground.ts";
import type { GroundPlan } from "./ground_plan.ts";
import { furnish } from "./registers/furnish.ts";
import { groundRows } from "./rows.ts";

export type DemoSize = "community" | "district" | "city";

export interface DemoOptions {
  size: DemoSize;
  /** Every random choice hangs on it; «1» is the city that is shipped, with its golden figures. */
  seed?: string;
}

const county = "900102"; // no such division
const countyName = "海州区";

/**
 * Makes the demo city as rows. Pure: the same options give the same bytes.
 *
 * @param options - `community` (慧泽 alone) or `district`; a city comes in parts
 */
export function generateDemo({ size, seed = "1" }: { size: "community" | "district"; seed?: string }): CityRows {
  const plan = layGround({ size, seed });
  return rowsOfDistrict(plan, size, {
    seed,
    county,
    county_name: countyName,
    district: 0,
    grids: null,
    district_level: false,
    first: firstNumbers,
  });
}

function rowsOfDistrict(plan: GroundPlan, size: DemoSize, options: DivideOptions): CityRows {
  const division = divide(plan, options);
  const { county, county_name, seed } = options;
  const { building_numbers, estate_managed, ...registers } = furnish(plan, division, {
    seed,
    size,
    county,
    county_name,
  });
  return {
    source: `演示城市 ${size}`,
    profile: division.profile,
    network: division.network,
    level: division.level,
    area: division.area,
    ...groundRows(plan, division, { building_numbers, estate_managed }),
    ...registers,
  };
}
