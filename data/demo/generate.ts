import type { CityRows } from "../schema/city_rows.ts";
import { apportion } from "./division/apportion.ts";
import { sumOver } from "./division/communities.ts";
import { divide, type FirstNumbers, firstNumbers } from "./division/divide.ts";
import type { Division } from "./division/division.ts";
import { byHouseholds } from "./division/governance.ts";
import { levelId } from "./division/levels.ts";
import { districtsOfCity, drawCityCell } from "./ground/city.ts";
import { layDistrict, layGround } from "./ground/lay_ground.ts";
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
  if (size === "city") return joinDistricts(layCity(seed), { size, seed, districts: districtsOfCity });
  return joinDistricts([layGround({ size, seed })], { size, seed, districts: 1 });
}

function* layCity(seed: string): Generator<GroundPlan> {
  for (let district = 0; district < districtsOfCity; district++) yield layDistrict(drawCityCell(seed, district));
}

export interface JoinOptions {
  size: DemoOptions["size"];
  seed: string;
  /** How many plans there will be. */
  districts: number;
  /** What a city has in all. */
  figures?: { grids: number; key_units: number };
}

/** Rows of districts laid one after the other. */
export function* joinDistricts(
  plans: Iterable<GroundPlan>,
  { size, seed, districts, figures = cityFigures }: JoinOptions,
): Generator<CityRows> {
  const inCity = size === "city";
  const keyUnits = apportion(figures.key_units, new Array<number>(districts).fill(1));
  const budget = gridBudget(figures.grids, districts);
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
      // The first district is the one that stands alone in size `district`: same grids.
      gridsFor: inCity && district > 0 ? budget.gridsFor : byHouseholds,
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
    budget.spend(
      countAreas(division, levelId.grid),
      sumOver(division.counts.households, (count) => count),
    );
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

/**
 * Spends the grids of a city on its districts by households, as they come: nobody knows how many the later ones will
 * have, so they are taken to be like those before. The last one gets what is left.
 */
function gridBudget(total: number, districts: number) {
  let grids = total;
  let households = 0;
  let spent = 0;
  return {
    gridsFor(own: number): number {
      const average = (households + own) / (spent + 1);
      const later = districts - spent - 1;
      return Math.round((grids * own) / (own + later * average));
    },
    spend(count: number, own: number): void {
      grids -= count;
      households += own;
      spent += 1;
    },
  };
}

function countAreas({ area }: Division, level: number): number {
  return area.filter(({ level_id }) => level_id === level).length;
}

function numbersAfter(first: FirstNumbers, division: Division): FirstNumbers {
  return {
    area: first.area + division.area.length,
    profile: first.profile + division.profile.length,
    fire: first.fire + countAreas(division, levelId.fire_small),
    police: first.police + countAreas(division, levelId.police_grid),
    cell: first.cell + countAreas(division, levelId.cell),
  };
}
