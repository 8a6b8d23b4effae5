import type { NewPlan, PlanSummary } from "../../data/schema/plan.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import { actorOf } from "../audit/service.ts";
import { packShapes } from "../checks/packed_shapes.ts";
import { type Queries, QueryError } from "../db/db.ts";
import { inOutcome } from "../db/in_outcome.ts";
import { sql } from "../db/sql.ts";
import { reaches } from "./access.ts";
import {
  findArea,
  findCodes,
  findNetwork,
  insertNetwork,
  insertPlan,
  type PlannedArea,
  type PlannedNetwork,
  removeBelow,
} from "./begin_repository.ts";
import { appendOperation, copyAreas } from "./operation_repository.ts";
import { UndrawableDraft } from "./drafts.ts";
import { accountOf, type PlanParts } from "./parts.ts";
import type { FileArea } from "./read_division_file.ts";
import {
  networkTaken,
  notPublished,
  notYours,
  undrawable,
  unknownArea,
  unknownNetwork,
  unusableFile,
  wrongLevel,
} from "./refusals.ts";
import { findPlan, tellPlan } from "./repository.ts";
import { summaryOf } from "./summaries.ts";
import type { SavedArea } from "./write_draft.ts";

interface Ground {
  network: PlannedNetwork;
  /** Null: the whole network. */
  area: PlannedArea | null;
}

/** Begins plans: from the edition in force, from a file of polygons, or from nothing. */
export function beginPlan(parts: PlanParts): (reader: Reader, input: NewPlan) => Promise<Outcome<PlanSummary>> {
  const { db, drafts, audit, today, twoPerson, onChange } = parts;

  /** Where, in a transaction that may make the network; what is refused leaves none. */
  async function findGround(tx: Queries, { network, area, name }: NewPlan): Promise<Outcome<Ground>> {
    if (typeof network !== "string") {
      const made = await insertNetwork(tx, network, `划分方案「${name}」`);
      if (!made) return networkTaken(network.code);
      return area === null ? { ok: true, value: { network: made, area: null } } : unknownArea(area);
    }
    const known = await findNetwork(tx, network);
    if (!known) return unknownNetwork(network);
    if (area === null) return { ok: true, value: { network: known, area: null } };
    const edition = known.edition;
    const found = edition === null ? undefined : await findArea(tx, { network: known.id, edition, code: area });
    return found ? { ok: true, value: { network: known, area: found } } : unknownArea(area);
  }

  async function readFile({ from }: NewPlan, { area }: Ground): Promise<Outcome<FileArea[]>> {
    if (from.kind !== "file") return { ok: true, value: [] };
    const { json, crs, name_field, code_field } = from;
    const container = area && packShapes([area.wkb]);
    const read = await drafts.readFile({ json, crs, name_field, code_field, container });
    if (read.ok) return { ok: true, value: read.areas };
    return unusableFile(read.detail, read.places, read.row === undefined ? {} : { row: read.row });
  }

  async function write(
    tx: Queries,
    reader: Reader,
    input: NewPlan,
    files: readonly FileArea[],
  ): Promise<Outcome<PlanSummary>> {
    const found = await findGround(tx, input);
    if (!found.ok) return found;
    const { network, area } = found.value;
    const { from, name } = input;
    if (from.kind === "edition" && network.edition === null) return notPublished(network.name);
    const account_id = accountOf(reader).id;
    const place = { network_id: network.id, area_id: area?.id ?? null, base_edition: network.edition };
    const id = await insertPlan(tx, { ...place, name, account_id });
    const plan = await findPlan(tx, id, { grants: reader.grants, day: today() });
    if (!reaches("edit_plans", reader, plan!))
      return notYours(area ? `「${area.name}」` : `网络「${network.name}」全部`);
    if (from.kind !== "edition" && network.edition !== null) {
      await removeBelow(tx, id, { ...place, base_edition: network.edition });
    }
    let given = 0;
    if (from.kind === "file") {
      const level = levelOf(found.value, from.level);
      if (level === null) return wrongLevel();
      const laid = await layFile(tx, files, { ...place, plan_id: id, level });
      if (!laid.ok) return laid;
      given = laid.value;
    }
    await tx.query(sql`update plan set given = ${given} where id = ${id}::bigint`);
    const inverse = { before: [], made: [], uncovered: [], given: 0 };
    const operation = { op: "begin" as const, from: from.kind, areas: files.length };
    await appendOperation(tx, { plan_id: id, revision: 0, operation, inverse, changed: [], account_id, key: null });
    await tellPlan(tx, id, null);
    await audit(tx, actorOf(reader), {
      action: "plan_begin",
      target: `plan:${id}`,
      after: { name, network: network.code, area: input.area, from: from.kind, base_edition: network.edition },
    });
    // also so that whoever opens it need not wait
    await drafts.ready(tx, { ...place, plan_id: id, network: network.code, day: today() }, { revision: 0, given });
    const begun = await findPlan(tx, id, { grants: reader.grants, day: today() });
    return { ok: true, value: summaryOf(begun!, reader, twoPerson) };
  }

  return async (reader, input) => {
    const ground = await inReadOnly(parts, (tx) => preview(tx, input));
    if (!ground.ok) return ground;
    const files = await readFile(input, ground.value);
    if (!files.ok) return files;
    try {
      const outcome = await inOutcome(db, (tx) => write(tx, reader, input, files.value));
      if (outcome.ok) onChange();
      return outcome;
    } catch (error) {
      if (error instanceof UndrawableDraft) return undrawable(error.places);
      // somebody made a network of the same prefix at the same moment
      const isTaken = error instanceof QueryError && error.sqlstate === "23505" && error.table === "network";
      if (isTaken && typeof input.network !== "string") return networkTaken(input.network.code);
      throw error;
    }
  };

  /** What a file must lie in, known before it is read; a network that is to be made has nothing yet. */
  async function preview(tx: Queries, input: NewPlan): Promise<Outcome<Ground>> {
    if (typeof input.network === "string") return findGround(tx, input);
    const { code, name, levels } = input.network;
    const network = {
      id: "0",
      code,
      name,
      edition: null,
      levels: levels.map(({ role }, i) => ({ ordinal: i + 1, role })),
    };
    return { ok: true, value: { network, area: null } };
  }
}

function inReadOnly<T>({ db }: Pick<PlanParts, "db">, work: (tx: Queries) => Promise<T>): Promise<T> {
  return db.transaction(work, { read_only: true });
}

/** The level that polygons of a file are of: grids, else the lowest. Null where there is none below the area. */
function levelOf({ network, area }: Ground, wanted: number | undefined): number | null {
  const below = network.levels.filter(({ ordinal }) => ordinal > (area?.level ?? 0));
  if (wanted !== undefined) return below.some(({ ordinal }) => ordinal === wanted) ? wanted : null;
  return (below.find(({ role }) => role === "grid") ?? below.at(-1))?.ordinal ?? null;
}

/** Areas of a file become those of the draft. With the code of one that stood there, an area is that one. @returns ids given */
async function layFile(
  tx: Queries,
  files: readonly FileArea[],
  of: { plan_id: string; network_id: string; area_id: string | null; level: number },
): Promise<Outcome<number>> {
  const codes = files.flatMap(({ code }) => code ?? []);
  const known = new Map((await findCodes(tx, { ...of, codes })).map((found) => [found.code, found]));
  const taken = files.flatMap(({ code, name }, i) =>
    code !== null && known.has(code) && !known.get(code)!.within
      ? [{ what: `第 ${i + 1} 行「${name}」：编码 ${code} 已用于方案以外或已撤销的区域`, at: null }]
      : [],
  );
  if (taken.length > 0) return unusableFile(`文件中有 ${taken.length} 个编码已经用过：${taken[0]!.what}。`, taken);
  let given = 0;
  const areas = files.map(({ name, code, geom }): SavedArea => {
    const former = code === null ? undefined : known.get(code);
    return {
      id: former?.id ?? `new-${++given}`,
      removed: false,
      parent_id: of.area_id,
      level: of.level,
      ...{ code, name, geom },
      short_name: former?.short_name ?? name,
      kind: former?.kind ?? "basic",
      profile_id: former?.profile_id ?? null,
      child_profile_id: former?.child_profile_id ?? null,
    };
  });
  const again = areas.filter(({ id }) => !id.startsWith("new-")).map(({ id }) => id);
  await tx.query(sql`delete from plan_area where plan_id = ${of.plan_id}::bigint and id = any(${again}::text[])`);
  await copyAreas(tx, of.plan_id, areas);
  return { ok: true, value: given };
}
