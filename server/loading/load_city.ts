import { boxOf, joinBoxes } from "../../data/measure/box.ts";
import type { CityRows, DutyRow } from "../../data/schema/city_rows.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import type { TileLayer } from "../../data/schema/tile_layers.ts";
import type { CopyValue, Db, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { analyze } from "./analyze.ts";
import { indexAreas } from "./area_index.ts";
import { assignBuildings, assignExisting } from "./building_areas.ts";
import { cityLayouts } from "./city_layouts.ts";
import { withoutForeignKeys } from "./foreign_keys.ts";
import { giveIdsBack, takeIds, type CityTable, type IdShift } from "./id_shift.ts";
import { isEmpty } from "./is_empty.ts";
import {
  measureAreas,
  writeAreaIdentities,
  writeAreaVersions,
  writeNetworks,
  type LoadedArea,
  type LoadedNetworks,
} from "./networks.ts";
import { areaEntries, pathsOf, searchColumns, thingEntries, type WhereOf } from "./search_entries.ts";
import { assignmentLayout, profileLayout, safetyLayouts } from "./safety_layouts.ts";
import type { TableLayout } from "./table_layout.ts";
import { writtenTables } from "./written_tables.ts";

export interface LoadOptions {
  /** First day of the first editions, YYYY-MM-DD in the server's time zone. */
  from_day?: string;
  onProgress?: (sentence: string) => void;
  /** Gives up between two tables; nothing stays. */
  signal?: AbortSignal;
  only_into_empty?: boolean;
  /** Called last in the transaction, with the rows written by table: who loaded is written down with what was loaded. */
  onLoaded?: (tx: Queries, rows: Record<string, number>) => Promise<void>;
}

export interface LoadReport {
  /** Rows written by table. */
  rows: Record<string, number>;
}

/** Long enough ago that the first editions are in force wherever today is. */
const demoStart = "2026-01-01";
const loadTimeout = 30 * 60_000; // ms for one statement: a city's rows in one COPY

/**
 * Loads a city in one transaction: all of it or nothing. Ids are moved behind those in use, networks stand behind
 * the existing ones, duties with a known code are used as they are. Works out hues, neighbours, surfaces, counts
 * and search entries, and tells the change feed once a layer.
 *
 * @param rows - one city, or its parts: ids run on from part to part, later parts may refer to rows of earlier ones;
 *   networks, levels and duties come with the first
 * @throws QueryError 23505 where a code (network, organisation, staff number …) is taken
 */
export async function loadCity(
  db: Db,
  rows: CityRows | Iterable<CityRows> | AsyncIterable<CityRows>,
  options: LoadOptions = {},
): Promise<LoadReport> {
  const parts = "source" in rows ? [rows] : rows;
  const report = await db.transaction((tx) => new CityLoad(tx, options).run(parts), { timeout_ms: loadTimeout });
  await analyze(db, writtenTables);
  return report;
}

/**
 * Loads a city only where nothing was ever loaded: the demo at a first start. Of several servers that start at once
 * one loads, the others wait for it.
 * @returns null where something was there; `rows` are then not even begun
 */
export async function loadIntoEmpty(
  db: Db,
  rows: Parameters<typeof loadCity>[1],
  options: LoadOptions = {},
): Promise<LoadReport | null> {
  try {
    return await loadCity(db, rows, { ...options, only_into_empty: true });
  } catch (error) {
    if (error instanceof NotEmpty) return null;
    throw error;
  }
}

/** Ends a load that was to go only into an empty database. */
class NotEmpty extends Error {}

class CityLoad {
  readonly #tx: Queries;
  readonly #options: LoadOptions;
  readonly #written: Record<string, number> = {};
  readonly #areas: LoadedArea[] = [];
  #bbox: Bbox = [Infinity, Infinity, -Infinity, -Infinity];

  constructor(tx: Queries, options: LoadOptions) {
    this.#tx = tx;
    this.#options = options;
  }

  async run(parts: Iterable<CityRows> | AsyncIterable<CityRows>): Promise<LoadReport> {
    const tx = this.#tx;
    const shift = await takeIds(tx);
    const isFirst = await isEmpty(tx);
    if (this.#options.only_into_empty && !isFirst) throw new NotEmpty();
    const write = () => this.#writeAll(parts, shift);
    const report = await (isFirst ? withoutForeignKeys(tx, write) : write());
    await this.#options.onLoaded?.(tx, report.rows);
    return report;
  }

  async #writeAll(parts: Iterable<CityRows> | AsyncIterable<CityRows>, shift: IdShift): Promise<LoadReport> {
    const tx = this.#tx;
    let first: { networks: LoadedNetworks; duties: Map<number, number> } | null = null;
    let number = 0;
    for await (const part of parts) {
      number++;
      this.#say(
        `正在载入第 ${number} 部分：${part.area.length} 个区域、${part.building.length} 栋建筑… ` +
          `Loading part ${number}: ${part.area.length} areas, ${part.building.length} buildings…`,
      );
      await this.#copy(profileLayout, part, shift);
      first ??= {
        networks: await writeNetworks(tx, part, { shift, from_day: this.#options.from_day ?? demoStart }),
        duties: await this.#writeDuties(part.duty, shift),
      };
      await this.#writePart(part, shift, first);
    }
    if (!first) throw new Error("There is nothing to load");
    await this.#finish(first.networks);
    return { rows: this.#written };
  }

  async #writePart(
    part: CityRows,
    shift: IdShift,
    { networks, duties }: { networks: LoadedNetworks; duties: Map<number, number> },
  ): Promise<void> {
    const areas = measureAreas(part, networks.levels, shift);
    this.#areas.push(...areas);
    await writeAreaIdentities(this.#tx, areas);
    this.#written.area = (this.#written.area ?? 0) + areas.length;
    for (const layout of [...cityLayouts, ...safetyLayouts]) await this.#copy(layout, part, shift);
    await this.#copy(assignmentLayout(duties), part, shift);
    await assignBuildings(this.#tx, part, areas, shift);
    const whereOf = this.#whereOf(areas, networks);
    await this.#tx.copyIn("search_entry", searchColumns, thingEntries(part, shift, whereOf));
    for (const { geom } of part.building) this.#extend(boxOf(geom));
    for (const { geom } of areas) this.#extend(boxOf(geom));
  }

  /** After the last part: what needs all areas at once. */
  async #finish(networks: LoadedNetworks): Promise<void> {
    const tx = this.#tx;
    this.#say(
      `正在计算 ${this.#areas.length} 个区域的邻接与配色… Working out neighbours and hues of ${this.#areas.length} areas…`,
    );
    await writeAreaVersions(tx, this.#areas);
    await tx.copyIn("search_entry", searchColumns, areaEntries(this.#areas, networks.networks));
    await giveIdsBack(tx);
    await assignExisting(tx, [...networks.networks.keys()]);
    const all = await tx.query(sql<{ id: number }>`select id from network`);
    for (const { id } of all) await tx.query(sql`select refresh_area_counts(${id}::bigint)`);
    await this.#recordChanges();
  }

  async #copy(layout: TableLayout, part: CityRows, shift: IdShift): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const rows = part[layout.table] as readonly unknown[];
    if (rows.length === 0) return;
    const values = function* (): Generator<CopyValue[]> {
      for (const row of rows) yield layout.values(row as never, shift, part.source);
    };
    const count = await this.#tx.copyIn(layout.table, layout.columns, values());
    if (count !== rows.length) throw new Error(`${rows.length} rows for ${layout.table}, ${count} arrived`);
    this.#written[layout.table] = (this.#written[layout.table] ?? 0) + count;
  }

  /** Duties are shared by all cities: local id → id in the database. */
  async #writeDuties(duties: readonly DutyRow[], shift: IdShift): Promise<Map<number, number>> {
    const known = await this.#tx.query(sql<{ id: number; code: string }>`select id, code from duty`);
    const idOf = new Map(known.map((duty) => [duty.code, duty.id]));
    const fresh = duties.filter((duty) => !idOf.has(duty.code));
    await this.#tx.copyIn(
      "duty",
      ["id", "code", "name", "name_en", "ordinal"],
      fresh.map((d) => [shift.of("duty", d.id), d.code, d.name, d.name_en, d.ordinal]),
    );
    for (const duty of fresh) idOf.set(duty.code, shift.of("duty", duty.id));
    return new Map(duties.map((duty) => [duty.id, idOf.get(duty.code)!]));
  }

  /** Places are named by the default network of this load. */
  #whereOf(areas: readonly LoadedArea[], { networks }: LoadedNetworks): WhereOf {
    const [standard] = [...networks.values()].sort((a, b) => a.ordinal - b.ordinal);
    const own = areas.filter((area) => area.network_id === standard?.id);
    const index = indexAreas(own.map(({ id, level, geom }) => ({ id, level, polygons: geom })));
    const pathOf = pathsOf(own);
    return (at) => pathOf(index.deepestAt(at));
  }

  async #recordChanges(): Promise<void> {
    const layers = Object.entries(layersOf).filter(([table]) => (this.#written[table] ?? 0) > 0);
    const bbox = Number.isFinite(this.#bbox[0]) ? this.#bbox : null;
    for (const layer of new Set(layers.map(([, layer]) => layer))) {
      await this.#tx.query(sql`select record_change(${layer}, ${[]}::bigint[], ${bbox}::float8[])`);
    }
  }

  #extend(box: Bbox): void {
    this.#bbox = joinBoxes(box, this.#bbox);
  }

  #say(sentence: string): void {
    this.#options.signal?.throwIfAborted();
    this.#options.onProgress?.(sentence);
  }
}

/** Tables whose rows are seen on a tile layer. */
const layersOf: Partial<Record<CityTable, TileLayer>> = {
  area: "areas",
  building: "buildings",
  road: "roads",
  ground: "ground",
  estate: "estates",
  facility: "facilities",
  legal_entity: "legal_entities",
  pipe: "pipes",
  pipe_node: "components",
  component: "components",
  key_unit: "key_units",
  small_place: "small_places",
};
