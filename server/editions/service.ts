import { actionPolicy } from "../../data/access/policy.ts";
import type { Role } from "../../data/access/roles.ts";
import { sharedSurface } from "../../data/checks/shared_surface.ts";
import type { Drawing, EditionInput } from "../../data/division/draw_edition.ts";
import { areaOf } from "../../data/measure/area.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import { isId } from "../../data/schema/parameters.ts";
import type { EditionDifference, FamilyTree, LineageEntry, Published } from "../../data/schema/plan.ts";
import { failed, type KnownProblem, type Outcome, problem } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { Actor, RecordAudit } from "../audit/event.ts";
import type { Db, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import {
  type Between,
  type ChangeRow,
  countLowest,
  findChanges,
  findLineage,
  findRefs,
  findRenamed,
  findStoredChanges,
  readDiffering,
  type Viewer,
} from "./difference_repository.ts";
import { dueEditions, findNetwork } from "./edition_repository.ts";
import type { Comparison } from "./edition_protocol.ts";
import { editionThread } from "./edition_thread.ts";
import { familyOf, findArea, findDays, type KnownArea, readGround } from "./family_repository.ts";
import { keepLatest } from "./keep_latest.ts";
import { type PublishOptions, publishPlan } from "./publish.ts";
import { takeEffect } from "./take_effect.ts";

export interface EditionService {
  /**
   * Makes the next edition of an approved plan. Who may, and whether its name was typed right, is the caller's to ask.
   * @param queries - a transaction that it becomes part of, else one of its own
   */
  publish: (
    plan_id: string,
    by: Actor,
    options?: PublishOptions & { queries?: Queries },
  ) => Promise<Outcome<Published>>;
  /** Lets counts and search follow editions whose day has come. @returns how many there were */
  takeDue: () => Promise<number>;
  difference: (asked: DifferenceAsked, reader: Reader) => Promise<Outcome<EditionDifference>>;
  /** @param key - id or network:code, of an area of any edition that has begun */
  family: (key: string, edition: number | undefined, reader: Reader) => Promise<Outcome<FamilyTree>>;
  /** Why an area that once was is not there any more, and who has its ground; null for what never was, or still is. */
  retired: (key: string) => Promise<KnownProblem | null>;
}

export interface DifferenceAsked {
  network: string;
  from: number;
  to: number;
}

export interface EditionParts {
  db: Db;
  recordAudit: RecordAudit;
  /** Today in the configured time zone, YYYY-MM-DD. */
  today: () => string;
}

/** Of an area's surface: what two ways of reckoning differ by is no share. */
const leastShare = 0.0005;
const keptComparisons = 8;

export function editionService({ db, recordAudit, today }: EditionParts): EditionService {
  // editions never change, so what two differ by does not either
  const comparisons = keepLatest<Comparison>(keptComparisons);
  const thread = editionThread();
  const draw = (input: EditionInput): Promise<Drawing> => thread.do({ kind: "draw", input });

  async function publish(plan_id: string, by: Actor, given: PublishOptions & { queries?: Queries } = {}) {
    const { queries = db, ...options } = given;
    thread.warm();
    const outcome = await publishPlan(queries, { recordAudit, today, draw }, plan_id, by, options);
    if (!outcome.ok) return outcome;
    const { network_id, in_effect: _, ...value } = outcome.value;
    const sight: Viewer = { grants: "all", day: today() };
    const rows = await findLineage(queries, network_id, sql`r.edition = ${value.edition}`, sight);
    return { ok: true as const, value: { ...value, lineage: rows.map(withoutEdition) } };
  }

  async function difference(
    { network, from, to }: DifferenceAsked,
    reader: Reader,
  ): Promise<Outcome<EditionDifference>> {
    const known = await findNetwork(db, network, today());
    if (!known) {
      return failed("network.unknown", {
        detail: `没有名为 ${network.slice(0, 60)} 的网络。`,
        fix: "请从网络列表中选择。",
        pointer: "network",
      });
    }
    const missing = [from, to].find((number) => number > (known.latest ?? 0));
    if (missing !== undefined) {
      return failed("edition.unknown", {
        detail: `网络 ${network} 没有第 ${missing} 版。`,
        fix: "请从版次列表中选择。",
        pointer: missing === from ? "from" : "to",
      });
    }
    if (from > to) {
      return failed("edition.order", {
        detail: `第 ${from} 版晚于第 ${to} 版。`,
        fix: `请改为 ${to}..${from}。`,
        pointer: "from",
      });
    }
    const between = { network_id: known.id, from, to };
    const viewer = viewerOf(reader, today());
    const [found, renamed, areas] = await Promise.all([
      compare(between, known.special_areas === "over", viewer),
      findRenamed(db, between),
      countLowest(db, between),
    ]);
    const [was, is] = await Promise.all([
      findRefs(db, known.id, from, idsOf(found.changes, "from_id")),
      findRefs(db, known.id, to, idsOf(found.changes, "to_id")),
    ]);
    const changes = found.changes.map((row) => changeOf(row, was, is));
    return { ok: true, value: { network, from, to, areas, changes, lineage: found.lineage, renamed } };
  }

  async function compare(between: Between, special_over: boolean, viewer: Viewer) {
    const { network_id, from, to } = between;
    if (from === to) return { changes: [], lineage: [] };
    if (to === from + 1) {
      const [changes, rows] = await Promise.all([
        findStoredChanges(db, between, viewer),
        findLineage(db, network_id, sql`r.edition = ${to}`, viewer),
      ]);
      return { changes, lineage: rows.map(withoutEdition) };
    }
    const { moved, lineage } = await comparisons.get(`${network_id} ${from} ${to}`, () =>
      compareInThread(between, special_over),
    );
    const changes = await findChanges(
      db,
      moved.filter(({ lowest }) => lowest),
      viewer,
    );
    const [was, is] = await Promise.all([
      findRefs(
        db,
        network_id,
        from,
        lineage.flatMap((part) => part.from ?? []),
      ),
      findRefs(
        db,
        network_id,
        to,
        lineage.flatMap((part) => part.area ?? []),
      ),
    ]);
    const entries = lineage.map(
      ({ level: _, area, from: former, ...part }): LineageEntry => ({
        ...part,
        area: area === null ? null : (is.get(area) ?? null),
        from: former === null ? null : (was.get(former) ?? null),
        households: null,
      }),
    );
    return { changes, lineage: entries };
  }

  async function compareInThread(between: Between, special_over: boolean): Promise<Comparison> {
    thread.warm();
    const [before, after] = await db.transaction(
      async (tx) => [await readDiffering(tx, between, "from"), await readDiffering(tx, between, "to")] as const,
      { isolation: "repeatable read", read_only: true },
    );
    const buffers = [before, after].flatMap(({ wkb, ends }) => [wkb.buffer, ends.buffer]);
    return thread.do({ kind: "compare", before, after, special_over }, buffers);
  }

  async function family(key: string, edition: number | undefined, reader: Reader): Promise<Outcome<FamilyTree>> {
    const area = await find(key, edition);
    if (!area) {
      return failed("area.unknown", {
        detail: `没有区域 ${key.slice(0, 80)}${edition === undefined ? "" : `，或它不在第 ${edition} 版中`}。`,
        fix: "请核对编号或编码；它可能属于别的网络。",
      });
    }
    const { id: networkId, latest } = (await findNetwork(db, area.network, today()))!;
    const rows = await findLineage(db, networkId, familyOf(area, latest!), viewerOf(reader, today()));
    const days = await findDays(
      db,
      networkId,
      rows.map((row) => row.edition),
    );
    const editions = [...new Set(rows.map((row) => row.edition))].map((number) => ({
      edition: number,
      from_day: days.get(number)!,
      entries: rows.filter((row) => row.edition === number).map(withoutEdition),
    }));
    return {
      ok: true,
      value: {
        area: refOf(area),
        retired_in: area.retired_in,
        editions,
        today: await todayOf(area, edition !== undefined),
      },
    };
  }

  /** Who has the ground of an area as it was; of one that is still in force, unless an edition is named, itself. */
  async function todayOf(area: KnownArea, wasNamed: boolean): Promise<FamilyTree["today"]> {
    if (area.retired_in === null && !wasNamed) return [{ area: refOf(area), share: 1 }];
    const { polygons, met } = await readGround(db, area, today());
    const whole = areaOf(polygons);
    return met
      .map(({ polygons: other, ...ref }) => ({ area: ref, share: Math.min(1, sharedSurface(polygons, other) / whole) }))
      .filter(({ share }) => share >= leastShare)
      .sort((a, b) => b.share - a.share);
  }

  function find(key: string, edition?: number): Promise<KnownArea | undefined> {
    if (isId(key)) return findArea(db, { id: key }, today(), edition);
    const byCode = /^([a-z0-9_]+):([^\s\0:/?#]{1,64})$/.exec(key);
    if (!byCode) return Promise.resolve(undefined);
    return findArea(db, { network: byCode[1]!, code: byCode[2]! }, today(), edition);
  }

  return {
    publish,
    difference,
    family,
    async takeDue() {
      const due = await dueEditions(db, today());
      for (const edition of due) await takeDueEdition(db, edition);
      return due.length;
    },
    async retired(key) {
      const area = await find(key);
      if (!area || area.retired_in === null) return null;
      const heirs = await todayOf(area, false);
      const names = heirs.slice(0, 5).map(({ area: heir, share }) => `「${heir.name}」${Math.round(share * 100)}%`);
      return problem("area.retired", {
        detail:
          `「${area.name}」（${area.code}）自第 ${area.retired_in} 版起停用。` +
          (names.length > 0 ? `它的地块今天属于：${names.join("、")}。` : "它的地块今天不属于任何区域。"),
        fix: `可查看它的沿革 /api/areas/${area.id}/lineage，或在第 ${area.retired_in - 1} 版及以前的版次中查看它。`,
        at: area.at,
        areas: heirs.map(({ area: heir }) => heir.id),
      });
    },
  };
}

function withoutEdition({ edition: _, ...entry }: LineageEntry & { edition: number }): LineageEntry {
  return entry;
}

async function takeDueEdition(db: Db, edition: { network_id: number; number: number }): Promise<void> {
  await db.transaction(
    async (tx) => {
      await tx.query(sql`select 1 from network where id = ${edition.network_id} for no key update`);
      const [still] = await tx.query(sql<{ number: number }>`
        select number from edition where network_id = ${edition.network_id} and number = ${edition.number} and not in_effect`);
      if (!still) return; // another instance was first
      await takeEffect(tx, edition);
      await tx.query(sql`select record_change('areas', ${[]}::bigint[], null)`);
    },
    { timeout_ms: 120_000 },
  );
}

/** Grants that let the reader see what single places hold: who may check the division there. */
function viewerOf({ grants }: Reader, day: string): Viewer {
  const roles: readonly Role[] = actionPolicy.check_division;
  return {
    grants: grants.filter(({ role, organisation_id }) => roles.includes(role) && organisation_id === null),
    day,
  };
}

function idsOf(rows: readonly ChangeRow[], key: "from_id" | "to_id"): string[] {
  return [...new Set(rows.map((row) => row[key]))].filter((id) => id !== null);
}

function changeOf(
  { from_id, to_id, lon, lat, ...row }: ChangeRow,
  was: ReadonlyMap<string, AreaRef>,
  is: ReadonlyMap<string, AreaRef>,
): EditionDifference["changes"][number] {
  return {
    ...row,
    kind: from_id === null ? "gained" : to_id === null ? "lost" : "moved",
    from: from_id === null ? null : (was.get(from_id) ?? null),
    to: to_id === null ? null : (is.get(to_id) ?? null),
    at: [lon, lat],
  };
}

function refOf({ id, network, code, name, short_name, level, role }: KnownArea): AreaRef {
  return { id, network, code, name, short_name, level, role };
}
