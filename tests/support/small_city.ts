import { emptyRows } from "../../data/exchange/empty_rows.ts";
import type { AreaRow, BuildingRow, CityRows } from "../../data/schema/city_rows.ts";
import type { MultiPolygon } from "../../data/schema/geometry.ts";

/** A square with its lower left corner at column, row of a net of 0.001° (about 100 m), `size` squares wide. */
export function square(column: number, row: number, size = 1): MultiPolygon {
  const west = 121.4 + column / 1000;
  const south = 33.6 + row / 1000;
  const east = west + size / 1000;
  const north = south + size / 1000;
  return [[[west, south, east, south, east, north, west, north, west, south]]];
}

export function anArea(facts: Partial<AreaRow> & Pick<AreaRow, "id" | "code">): AreaRow {
  return {
    network_id: 1,
    level_id: 1,
    parent_id: null,
    name: `区域${facts.code}`,
    short_name: facts.code,
    kind: "basic",
    profile_id: null,
    child_profile_id: null,
    geom: square(facts.id, 0),
    ...facts,
  };
}

/** A house of 3 households and 8 people in the middle of a square of the net. */
export function aBuilding(facts: Partial<BuildingRow> & { id: number }, [column, row]: [number, number]): BuildingRow {
  const west = 121.4004 + column / 1000;
  const south = 33.6004 + row / 1000;
  return {
    estate_id: null,
    name: "",
    number: "",
    use: "home",
    floors: 2,
    structure: "brick_concrete",
    year_built: 1999,
    households: 3,
    people: 8,
    registered: 6,
    floating: 2,
    let_homes: 1,
    estimated: false,
    geom: [[[west, south, west + 2e-4, south, west + 2e-4, south + 2e-4, west, south + 2e-4, west, south]]],
    at: [west + 1e-4, south + 1e-4],
    ...facts,
  };
}

/**
 * Two networks over a community of 2 × 2 squares. `governance`: the community and its four grids; `fire`: one area
 * over all. A house stands in each grid, a shop in the first, and one house outside.
 *
 *     ┌───┬───┐
 *     │ 3 │ 4 │
 *     ├───┼───┤
 *     │ 1 │ 2 │    ⌂ outside
 *     └───┴───┘
 */
export function smallCity(): CityRows {
  const grid = (n: number, column: number, row: number) =>
    anArea({
      id: n + 1,
      code: `00100${n}`,
      name: `小社区第${n}网格`,
      short_name: `小0${n}`,
      level_id: 2,
      parent_id: 1,
      geom: square(column, row),
    });
  return {
    ...emptyRows("测试"),
    network: [
      { id: 1, code: "governance", prefix: "SQ", name: "社区治理网格", name_en: "Governance", mark: "社", ordinal: 1 },
      { id: 2, code: "fire", prefix: "XF", name: "消防网格", name_en: "Fire", mark: "消", ordinal: 2 },
    ],
    level: [
      { id: 1, network_id: 1, ordinal: 1, role: "community", name: "社区", name_en: "Community", profile_id: null },
      { id: 2, network_id: 1, ordinal: 2, role: "grid", name: "网格", name_en: "Grid", profile_id: null },
      { id: 3, network_id: 2, ordinal: 1, role: "grid", name: "消防网格", name_en: "Fire grid", profile_id: null },
    ],
    area: [
      anArea({ id: 1, code: "001", name: "小社区", short_name: "小社区", geom: square(0, 0, 2) }),
      grid(1, 0, 0),
      grid(2, 1, 0),
      grid(3, 0, 1),
      grid(4, 1, 1),
      anArea({ id: 6, code: "F1", network_id: 2, level_id: 3, geom: square(0, 0, 2) }),
    ],
    building: [
      aBuilding({ id: 1, name: "1幢" }, [0, 0]),
      aBuilding({ id: 2 }, [1, 0]),
      aBuilding({ id: 3 }, [0, 1]),
      aBuilding({ id: 4 }, [1, 1]),
      aBuilding({ id: 5, use: "shop", households: 0, people: 0, registered: 0, floating: 0, let_homes: 0 }, [0, 0]),
      aBuilding({ id: 6 }, [5, 5]),
    ],
    duty: [{ id: 1, code: "leader", name: "网格长", name_en: "Leader", ordinal: 1 }],
    road: [{ id: 1, name: "小路", class: "lane", geom: [[121.4, 33.6, 121.401, 33.6, 121.402, 33.6]] }],
    address: [{ id: 1, text: "小路1号", road_id: 1, building_id: 1, at: [121.4005, 33.6005] }],
  };
}
