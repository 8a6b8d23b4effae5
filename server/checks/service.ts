import type { CheckReport, Crosswalk, CrosswalkQuery } from "../../data/schema/check.ts";
import { failed, type KnownProblem, type Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { AreasAsked } from "../areas/rows.ts";
import type { AreaService, When } from "../areas/service.ts";
import type { Db } from "../db/db.ts";
import { checkInThread } from "./check_thread.ts";
import type { CrosswalkRepository, CrosswalkSubject } from "./crosswalk_repository.ts";
import type { DivisionRepository, DivisionSubject } from "./division_repository.ts";
import { listReasons } from "./reason_repository.ts";
import { turnQueue } from "./shared_runs.ts";
import { threadedAnswers } from "./threaded_answers.ts";
import { hydrantRegions, regionsFor, visibilityOf } from "./visibility.ts";
import { type Judged, writeReport } from "./write_report.ts";

export interface CheckService {
  area: (key: string, when: When, asked: Asked) => Promise<Outcome<CheckReport>>;
  network: (network: string, when: When, asked: Asked) => Promise<Outcome<CheckReport>>;
  /** How the areas of one network below an area lie in those of another. */
  crosswalk: (query: CrosswalkQuery, asked: Asked) => Promise<Outcome<Crosswalk>>;
}

interface Asked {
  reader: Reader;
  /** Of a reader who may leave: work that nobody waits for is ended, and the promise rejects with its reason. */
  signal: AbortSignal;
}

export interface CheckParts {
  db: Pick<Db, "query">;
  divisions: DivisionRepository;
  crosswalks: CrosswalkRepository;
  areas: Pick<AreaService, "findAt" | "editionFor" | "outside">;
  /** Today in the configured time zone, YYYY-MM-DD. */
  today: () => string;
  now: () => Date;
  /** Of Grid Atlas. */
  version: string;
}

/** Each takes a core; more would only wait for each other. */
const limits = { at_once: 2, waiting: 32 };
const mostKept = 16;

export function checkService({ db, divisions, crosswalks, areas, today, now, version }: CheckParts): CheckService {
  const turns = turnQueue(limits);
  const judged = threadedAnswers<Judged>({ db, turns, most: mostKept });
  const crossed = threadedAnswers<Crosswalk>({ db, turns, most: mostKept });

  async function judge(
    about: Omit<DivisionSubject, "today" | "grants">,
    { reader: { grants }, signal }: Asked,
  ): Promise<Outcome<CheckReport>> {
    const subject = { ...about, grants, today: today() };
    const { network, edition, area_id, day, hydrants } = subject;
    const key = JSON.stringify([network, edition, area_id, day, subject.today, hydrants, visibilityOf(grants)]);
    const find = async (until: AbortSignal) => {
      const at = now();
      const { facts, result } = await checkInThread(
        "division",
        (send, end) => divisions.load(subject, send, end),
        until,
      );
      return { rev: facts.rev, box: facts.box, value: { network, facts, checked: result, at, version } };
    };
    const found = await judged(key, find, signal);
    if (!found.ok) return found;
    return { ok: true, value: writeReport(found.value, await listReasons(db, network, edition)) };
  }

  /** What is asked to be crossed, if both networks have it and the area is the reader's. */
  async function crosswalkSubject(
    { from, to, area: code, on }: CrosswalkQuery,
    { grants }: Reader,
  ): Promise<Outcome<CrosswalkSubject>> {
    if (from === to) return sameNetwork();
    const other = await areas.editionFor(to, { on });
    if (!other.ok) return pointedAt(other, "to");
    const known = await areas.editionFor(from, { on });
    if (!known.ok) return pointedAt(known, "from");
    const found = await areas.findAt(`${from}:${code}`, { on });
    if (!found.ok) return pointedAt(found, "area");
    const { summary, edition } = found.value;
    const outside = await areas.outside(
      { network: from, edition, area_id: summary.id },
      regionsFor("check_division", grants),
    );
    if (outside.length > 0) return notYours(`「${summary.name}」不在您的授权范围内。`);
    const { id, network, name, short_name, level, role, bbox: box } = summary;
    const area = { id, network, code, name, short_name, level, role };
    const sides = { from: { network: from, edition }, to: { network: to, edition: other.value } };
    return { ok: true, value: { ...sides, area, box, grants, today: today() } };
  }

  /** Checks what is wholly the reader's. */
  async function judgeOwn(of: AreasAsked, { on }: When, asked: Asked): Promise<Outcome<CheckReport>> {
    const { grants } = asked.reader;
    const outside = await areas.outside(of, regionsFor("check_division", grants));
    if (outside.length > 0) {
      const all = of.area_id === null ? `，全网络共 ${outside.length} 个这样的顶层区域` : "";
      return notYours(`「${outside[0]}」不在您的授权范围内${all}。`);
    }
    const hydrants = (await areas.outside(of, hydrantRegions(grants))).length === 0;
    return judge({ ...of, day: on ?? null, hydrants }, asked);
  }

  return {
    async area(key, when, asked) {
      const found = await areas.findAt(key, when);
      if (!found.ok) return found;
      const { summary, edition } = found.value;
      return judgeOwn({ network: summary.network, edition, area_id: summary.id }, when, asked);
    },
    async network(network, when, asked) {
      const edition = await areas.editionFor(network, when);
      return edition.ok ? judgeOwn({ network, edition: edition.value, area_id: null }, when, asked) : edition;
    },
    async crosswalk(query, { reader, signal }) {
      const wanted = await crosswalkSubject(query, reader);
      if (!wanted.ok) return wanted;
      const subject = wanted.value;
      const { from, to, area, box } = subject;
      const key = JSON.stringify([from, to, area.id, subject.today, visibilityOf(reader.grants)]);
      const find = async (until: AbortSignal) => {
        const load = checkInThread("crosswalk", (send, end) => crosswalks.load(subject, send, end), until);
        const { facts, result } = await load;
        return { rev: facts.rev, box, value: result.crosswalk };
      };
      return crossed(key, find, signal);
    },
  };
}

export function notYours(detail: string): { ok: false; problem: KnownProblem } {
  return failed("access.forbidden", { detail, fix: "请改选授权范围内的区域；如确有需要，请联系安全管理员授权。" });
}

function sameNetwork(): { ok: false; problem: KnownProblem } {
  return failed("request.invalid", {
    detail: "对照的两个网络相同。",
    fix: "请选择两个不同的网络。",
    pointer: "to",
  });
}

function pointedAt({ problem }: { problem: KnownProblem }, pointer: string): { ok: false; problem: KnownProblem } {
  return { ok: false, problem: problem.pointer === "on" ? problem : { ...problem, pointer } };
}
