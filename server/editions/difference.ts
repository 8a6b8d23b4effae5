import { actionPolicy } from "../../data/access/policy.ts";
import type { Role } from "../../data/access/roles.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { EditionDifference, LineageEntry } from "../../data/schema/plan.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import { sql } from "../db/sql.ts";
import { isChain, readChanged, readSteps } from "./chain_repository.ts";
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
import type { Comparison } from "./edition_protocol.ts";
import { findNetwork } from "./edition_repository.ts";
import type { EditionThread } from "./edition_thread.ts";
import { keepLatest } from "./keep_latest.ts";
import type { EditionParts } from "./parts.ts";

export interface DifferenceAsked {
  network: string;
  from: number;
  to: number;
}

/** What two editions differ by, as far as the reader may know. */
export type FindDifference = (asked: DifferenceAsked, reader: Reader) => Promise<Outcome<EditionDifference>>;

const keptComparisons = 8;

export function differenceFinder(
  { db, today }: Pick<EditionParts, "db" | "today">,
  thread: EditionThread,
): FindDifference {
  // editions never change, so what two differ by does not either
  const comparisons = keepLatest<Comparison>(keptComparisons);

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
    const chain = await db.transaction(
      async (tx) =>
        !special_over && (await isChain(tx, between))
          ? {
              before: await readChanged(tx, between, "from"),
              after: await readChanged(tx, between, "to"),
              ground: await readSteps(tx, between),
            }
          : null,
      { isolation: "repeatable read", read_only: true },
    );
    if (chain) {
      const { wkb, ends } = chain.ground;
      return thread.do({ kind: "chain", ...chain }, [wkb.buffer, ends.buffer]);
    }
    const [before, after] = await db.transaction(
      async (tx) => [await readDiffering(tx, between, "from"), await readDiffering(tx, between, "to")] as const,
      { isolation: "repeatable read", read_only: true },
    );
    const buffers = [before, after].flatMap(({ wkb, ends }) => [wkb.buffer, ends.buffer]);
    return thread.do({ kind: "compare", before, after, special_over }, buffers);
  }

  return difference;
}

/** Grants that let the reader see what single places hold: who may check the division there. */
export function viewerOf({ grants }: Reader, day: string): Viewer {
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

export function withoutEdition({ edition: _, ...entry }: LineageEntry & { edition: number }): LineageEntry {
  return entry;
}
