import type { CityRows } from "../schema/city_rows.ts";
import { apportion } from "./division/apportion.ts";
import { divide, type FirstNumbers, firstNumbers } from "./division/divide.ts";
import type { Division } from "./division/division.ts";
import { levelId } from "./division/levels.ts";
import { layGround } from "./ground/lay_ground.ts";
import type { GroundPlan } from "./ground_plan.ts";
import { districtCode, districtName } from "./names/district_words.ts";
import { furnish } from "./registers/furnish.ts";
import { groundRows } from "./rows.ts";
import { noRows, shiftIds } from "./shift_ids.ts";

export interface DemoOptions {
  size: "community" | "district" | "city";
  /** Every random choice hangs on it; «1» is the city that is shipped, with its golden figures. */
  seed?: string;
}

/** Golden figures of a city (domain.md §7). */
const cityFigures = { grids: 12_000, key_units: 705 } as const;

/**
 * Makes the demo city as rows: the same options give the same bytes.
 *
 * @param options - `community` is 慧泽 alone, `district` about 30 km² round it; a city comes in parts
 */
export function generateDemo(options: { size: "community" | "district"; seed?: string }): CityRows {
  const [rows] = generateDemoParts(options);
  return rows!;
}

/**
 * Makes the demo city district by district, so that only one is in memory. Ids continue from part to part; later parts
 * refer to networks, levels, duties and profiles of the first, which alone lists them.
 */
export function generateDemoParts({ size, seed = "1" }: DemoOptions): Iterable<CityRows> {
  return joinDistricts([layGround({ size: size === "city" ? "district" : size, seed })], { size, seed, districts: 1 });
}

/** Rows of districts laid one after the other. */
export function* joinDistricts(
  plans: Iterable<GroundPlan>,
  { size, seed, districts }: { size: DemoOptions["size"]; seed: string; districts: number },
): Generator<CityRows> {
  const inCity = size === "city";
  const evenly = (total: number) => apportion(total, new Array<number>(districts).fill(1));
  const grids = evenly(cityFigures.grids);
  const keyUnits = evenly(cityFigures.key_units);
  const before = noRows();
  let first = firstNumbers;
  let district = 0;
  for (const plan of plans) {
    const county = districtCode(district);
    const county_name = districtName(district);
    const division = divide(plan, {
      seed: `${seed}/${district}`,
      county,
      county_name,
      district,
      grids: inCity ? grids[district]! : null,
      district_level: inCity,
      first,
    });
    const rows = rowsOf(plan, division, {
      seed: `${seed}/${district}`,
      size,
      county,
      county_name,
      ...(inCity ? { key_units: keyUnits[district]! } : {}),
    });
    if (district > 0) Object.assign(rows, { network: [], level: [], duty: [] });
    shiftIds(rows, before);
    first = numbersAfter(first, division);
    district += 1;
    yield rows;
  }
}

function rowsOf(plan: GroundPlan, division: Division, options: Parameters<typeof furnish>[2]): CityRows {
  const { building_numbers, estate_managed, ...registers } = furnish(plan, division, options);
  return {
    source: `演示城市 ${options.size}`,
    profile: division.profile,
    network: division.network,
    level: division.level,
    area: division.area,
    ...groundRows(plan, division, { building_numbers, estate_managed }),
    ...registers,
  };
}

function numbersAfter(first: FirstNumbers, { area, profile }: Division): FirstNumbers {
  const countOf = (level: number) => area.filter(({ level_id }) => level_id === level).length;
  return {
    area: first.area + area.length,
    profile: first.profile + profile.length,
    fire: first.fire + countOf(levelId.fire_small),
    police: first.police + countOf(levelId.police_grid),
    cell: first.cell + countOf(levelId.cell),
  };
}
