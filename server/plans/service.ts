import { type Region, regionsOf } from "../../data/access/decide.ts";
import { actionPolicy } from "../../data/access/policy.ts";
import type { KnownProblem, Outcome } from "../../data/schema/problem.ts";
import type {
  NewPlan,
  PlanBuildings,
  PlanCheck,
  PlanComment,
  PlanDetail,
  PlanFormer,
  PlanList,
  PlanListQuery,
  PlanLog,
  PlanLogQuery,
  PlanProfile,
  PlanSummary,
  Published,
} from "../../data/schema/plan.ts";
import type { PlanEvent } from "../../data/schema/stream.ts";
import type { Reader } from "../access/reader.ts";
import { inEdition } from "../areas/rows.ts";
import type { CheckService } from "../checks/service.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { reaches, tookPart } from "./access.ts";
import { beginPlan } from "./begin.ts";
import { type PlanChecks, planChecks } from "./check.ts";
import { type PlanComments, planComments, readComments } from "./comments.ts";
import { type PlanLife, planLife } from "./life.ts";
import { readBuildingPoints } from "./building_points.ts";
import { readFormer } from "./former.ts";
import { findOperations } from "./operation_repository.ts";
import { findReadable, type PlanParts, refuseStale, subjectOf } from "./parts.ts";
import { nameDiffers, notYours, revisionNeeded, twoPersons, wrongStatus } from "./refusals.ts";
import { type PlanRebase, planRebase } from "./rebase.ts";
import { findPlans, type PlanRow } from "./repository.ts";
import { type PlanSteps, planSteps } from "./steps.ts";
import { logEntry, summaryOf } from "./summaries.ts";

/** Drafts of divisions: who draws them, what is done to them, what becomes of them. */
export interface PlanService extends PlanSteps, PlanLife, PlanRebase, Omit<PlanChecks, "check"> {
  list: (reader: Reader, query: PlanListQuery) => Promise<PlanList>;
  begin: (reader: Reader, input: NewPlan) => Promise<Outcome<PlanSummary>>;
  /** `areas` as JSON bytes of a list of PlanArea. */
  detail: (reader: Reader, id: string) => Promise<Outcome<DetailParts>>;
  buildings: (reader: Reader, id: string) => Promise<Outcome<PlanBuildings>>;
  former: (reader: Reader, id: string) => Promise<Outcome<PlanFormer>>;
  log: (reader: Reader, id: string, query: PlanLogQuery) => Promise<Outcome<PlanLog>>;
  check: (reader: Reader, id: string, signal: AbortSignal) => Promise<Outcome<PlanCheck>>;
  comments: PlanComments;
  /** What the reader may hear of the plans, as they are now. */
  events: (reader: Reader, ids: readonly string[]) => Promise<PlanEvent[]>;
  /** A tile of the draft's areas for a reader with these grants; null where nothing lies. */
  tile: (grants: Reader["grants"], id: string, at: [number, number, number]) => Promise<Outcome<Uint8Array | null>>;
  publish: (
    reader: Reader,
    id: string,
    asked: { revision: number | undefined; name: string },
  ) => Promise<Outcome<Published>>;
}

export interface DetailParts extends Omit<PlanDetail, "areas" | "comments"> {
  areas: Uint8Array;
  comments: PlanComment[];
}

export interface PlanServiceParts extends PlanParts {
  checks: Pick<CheckService, "area" | "network">;
  /**
   * Makes the edition, whole or not at all.
   * @param refuse - asked when the plan is locked
   */
  publish: (
    id: string,
    reader: Reader,
    refuse: (tx: Queries) => Promise<KnownProblem | null>,
  ) => Promise<Outcome<Published>>;
}

export function planService(parts: PlanServiceParts): PlanService {
  const { db, drafts, today, twoPerson } = parts;
  const { check, giveReason, withdrawReason } = planChecks(parts);
  const readersCheck = (plan: PlanRow, reader: Reader): Promise<Outcome<PlanCheck>> =>
    check(plan, { reader, signal: AbortSignal.timeout(longestCheck) });

  /** What stands in memory, in the revision of the answer. */
  function inSnapshot<T>(
    plan: PlanRow,
    work: (tx: Queries, revision: number, given: number) => Promise<T>,
  ): Promise<T> {
    return drafts.inTurn(plan.id, () =>
      db.transaction(
        async (tx) => {
          const [now] = await tx.query(sql<{ revision: number; given: number; base_edition: number | null }>`
            select revision, given, base_edition from plan where id = ${plan.id}::bigint`);
          if (!now) throw new Error(`plan ${plan.id} is gone`);
          await drafts.ready(tx, { ...subjectOf(plan, today()), base_edition: now.base_edition }, now);
          return work(tx, now.revision, now.given);
        },
        { isolation: "repeatable read", read_only: true },
      ),
    );
  }

  return {
    ...planSteps(parts),
    ...planRebase(parts),
    ...planLife({ ...parts, check: readersCheck }),
    ...{ giveReason, withdrawReason },
    comments: planComments(parts),
    begin: beginPlan(parts),

    async list(reader, query) {
      const regions = regionsOf(actionPolicy.read_plans, reader.grants).filter(isWhole);
      const listed = regions.flatMap(({ area_id }) => area_id ?? []);
      const view = { grants: reader.grants, day: today() };
      const found = await findPlans(db, view, listed, { ...query, limit: query.limit + 1 });
      const page = found.slice(0, query.limit);
      return {
        plans: page.map((row) => summaryOf(row, reader, twoPerson)),
        next: found.length > query.limit ? page.at(-1)!.id : null,
      };
    },

    async events(reader, ids) {
      const found = await Promise.all(ids.map((id) => findReadable(parts, db, id, reader)));
      return found.flatMap((one) => {
        if (!one.ok) return [];
        const { id: plan, revision, status, changed_by: by } = one.value;
        return [{ plan, revision, status, by }];
      });
    },

    async tile(grants, id, [z, x, y]) {
      const found = await findReadable(parts, db, id, { grants });
      if (!found.ok) return found;
      return inSnapshot(found.value, async () => {
        const { bytes } = await drafts.tile(id, z, x, y);
        return { ok: true, value: bytes.length > 0 ? bytes : null };
      });
    },

    async detail(reader, id) {
      const found = await findReadable(parts, db, id, reader);
      if (!found.ok) return found;
      return inSnapshot(found.value, async (tx, _revision, given) => {
        const again = await findReadable(parts, tx, id, reader);
        if (!again.ok) return again;
        const plan = summaryOf(again.value, reader, twoPerson);
        const areas = await drafts.areas(id);
        const { special_areas } = again.value;
        const [profiles, comments] = [await readProfiles(tx, again.value), await readComments(tx, id)];
        return { ok: true, value: { plan, areas, given, special_areas, profiles, comments } };
      });
    },

    async buildings(reader, id) {
      const found = await findReadable(parts, db, id, reader);
      if (!found.ok) return found;
      return { ok: true, value: await readBuildingPoints(db, found.value, reader, today()) };
    },

    async former(reader, id) {
      const found = await findReadable(parts, db, id, reader);
      if (!found.ok) return found;
      return db.transaction(
        async (tx) => {
          const again = await findReadable(parts, tx, id, reader);
          if (!again.ok) return again;
          const { revision, base_edition: edition } = again.value;
          return { ok: true, value: { revision, edition, areas: await readFormer(tx, again.value) } };
        },
        { isolation: "repeatable read", read_only: true },
      );
    },

    async log(reader, id, query) {
      const found = await findReadable(parts, db, id, reader);
      if (!found.ok) return found;
      return inSnapshot(found.value, async (tx, revision) => {
        const rows = await findOperations(tx, id, { ...query, limit: query.limit + 1 });
        const page = rows.slice(0, query.limit);
        const more = rows.length > query.limit;
        const log: PlanLog = { revision, entries: page.map(logEntry), next: null };
        if (query.after_revision === undefined)
          return { ok: true, value: { ...log, next: more ? page.at(-1)!.seq : null } };
        // where more came than is told, the draft must be read anew: `next` says so
        const changed = [...new Set(page.flatMap((row) => row.changed))];
        const value = { ...log, next: more ? page.at(-1)!.state_revision : null, ...(await drafts.some(id, changed)) };
        return { ok: true, value };
      });
    },

    async check(reader, id, signal) {
      const found = await findReadable(parts, db, id, reader);
      return found.ok ? check(found.value, { reader, signal }) : found;
    },

    async publish(reader, id, { revision, name }) {
      const found = await findReadable(parts, db, id, reader);
      if (!found.ok) return found;
      const plan = found.value;
      if (!reaches("approve_plans", reader, plan)) return notYours(`方案「${plan.name}」`);
      if (revision === undefined) return revisionNeeded();
      if (revision !== plan.revision) return refuseStale(parts, plan, revision);
      if (plan.status !== "approved") return wrongStatus(plan.status, ["approved"]);
      if (twoPerson && tookPart(reader, plan)) return twoPersons("发布");
      if (name !== plan.name) return nameDiffers();
      const outcome = await parts.publish(id, reader, async (tx) => {
        const again = await findReadable(parts, tx, id, reader);
        if (!again.ok) return again.problem;
        if (!reaches("approve_plans", reader, again.value)) return notYours(`方案「${plan.name}」`).problem;
        if (again.value.revision !== revision) return (await refuseStale(parts, again.value, revision)).problem;
        return null;
      });
      if (outcome.ok) {
        drafts.forget(id);
        parts.onChange();
      }
      return outcome;
    },
  };
}

/** As long as a submission waits for its check. */
const longestCheck = 180_000; // ms

/** Grants of one organisation draw nothing: areas are held by nobody. */
function isWhole({ organisation_id }: Region): boolean {
  return organisation_id === null;
}

function readProfiles(
  db: Queries,
  { network_id, area_id, base_edition }: Pick<PlanRow, "network_id" | "area_id" | "base_edition">,
): Promise<PlanProfile[]> {
  const held = inEdition(base_edition ?? 0);
  return db.query(sql<PlanProfile>`
    with recursive up as (
      select v.parent_id as area_id, 1 as distance from area_version v
      where v.area_id = ${area_id}::bigint and ${held} and v.parent_id is not null
      union all
      select v.parent_id, up.distance + 1 from up join area_version v on v.area_id = up.area_id and ${held}
      where v.parent_id is not null)
    select p.id::text as id, p.name, p.source, p.joined,
      json_build_array(p.households_min, p.households_max) as households,
      json_build_array(p.people_min, p.people_max) as people,
      json_build_array(p.area_m2_min, p.area_m2_max) as area_m2,
      coalesce((select json_agg(l.ordinal order by l.ordinal) from level l
        where l.network_id = ${network_id}::bigint and l.profile_id = p.id), '[]') as levels,
      coalesce(p.id = (select v.child_profile_id from up join area_version v on v.area_id = up.area_id and ${held}
        where v.child_profile_id is not null order by up.distance limit 1), false) as inherited
    from profile p order by p.id`);
}
