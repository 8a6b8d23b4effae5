import { isId } from "../../data/schema/parameters.ts";
import { seesAllCounts } from "../../data/access/decide.ts";
import { areaCountsPolicy } from "../../data/access/policy.ts";
import type {
  AreaCounts,
  AreaDetail,
  AreaList,
  AreaListQuery,
  AreaStaff,
  AreaSummary,
  AreasAt,
} from "../../data/schema/area.ts";
import type { Contact } from "../../data/schema/contact.ts";
import type { EditionList, Network } from "../../data/schema/network.ts";
import { failed, type Outcome, type KnownProblem } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import { thingIn } from "../access/scope_sql.ts";
import type { ContactService } from "../contacts/service.ts";
import type { NetworkRepository } from "./network_repository.ts";
import type { AreaRepository, StaffRow } from "./repository.ts";
import { type AreasAsked, type GrantedPlaces, summaryOf } from "./rows.ts";

export interface AreaService {
  networks: () => Promise<Network[]>;
  editions: (network: string) => Promise<Outcome<EditionList>>;
  list: (query: AreaListQuery) => Promise<Outcome<AreaList>>;
  /** What an area is called and how large it is, as it is in force. */
  find: (key: string) => Promise<Outcome<AreaSummary>>;
  /** The same at an edition or on a day, and which edition that is. */
  findAt: (key: string, when: When) => Promise<Outcome<{ summary: AreaSummary; edition: number }>>;
  /** Which edition of a network is asked for; what is decided for a day to come is not there yet. */
  editionFor: (network: string, when: When) => Promise<Outcome<number>>;
  /** Names of the areas asked about that do not lie in the granted places, one of them or all together. */
  outside: (of: AreasAsked, granted: GrantedPlaces) => Promise<string[]>;
  one: (key: string, when: When, reader: Reader) => Promise<Outcome<AreaDetail>>;
  at: (query: { lon: number; lat: number; on?: string | undefined }) => Promise<Outcome<AreasAt>>;
  portrait: (staffId: string) => Promise<Outcome<string>>;
}

export interface When {
  edition?: number | undefined;
  on?: string | undefined;
}

export interface AreaParts {
  areas: AreaRepository;
  networks: NetworkRepository;
  contacts: Pick<ContactService, "ofStaff">;
  /** Today in the configured time zone, YYYY-MM-DD. */
  today: () => string;
  /** Why an area that once was is not there any more; null for what never was. */
  retired: (key: string) => Promise<KnownProblem | null>;
}

export function areaService({ areas, networks, contacts, today, retired }: AreaParts): AreaService {
  /** What is decided for a day to come is nobody's to see before it. */
  function notYet(on: string | undefined): { ok: false; problem: KnownProblem } | null {
    if (on === undefined || on <= today()) return null;
    return failed("edition.unknown", {
      detail: `${on} 尚未到来，那一天的划分还不能查看。`,
      fix: "请选择今天或以前的日期。",
      pointer: "on",
    });
  }

  /** Which edition of a network is asked for: a number, that of a day, or the one in force; none before its day. */
  async function editionFor(network: string, when: When): Promise<Outcome<number>> {
    const known = await networks.codes();
    if (!known.includes(network)) {
      return failed("network.unknown", {
        detail: `没有名为 ${network.slice(0, 60)} 的网络。`,
        fix: "请从网络列表中选择。",
        pointer: "network",
        allowed: known,
      });
    }
    const early = notYet(when.on);
    if (early) return early;
    if (when.edition === undefined) {
      const number = await networks.editionOn(network, when.on ?? today());
      return number === undefined
        ? failed("edition.unknown", {
            detail: `网络 ${network} 在 ${when.on ?? "今天"} 没有生效的版次。`,
            fix: "请换一个日期，或先发布版次。",
            pointer: "on",
          })
        : { ok: true, value: number };
    }
    const numbers = (await networks.editions(network, today())).map((edition) => edition.number);
    if (numbers.includes(when.edition)) return { ok: true, value: when.edition };
    return failed("edition.unknown", {
      detail: `网络 ${network} 没有第 ${when.edition} 版。`,
      fix: "请从版次列表中选择。",
      pointer: "edition",
      allowed: numbers.slice(0, 50).map(String),
    });
  }

  async function list(query: AreaListQuery): Promise<Outcome<AreaList>> {
    const edition = await editionFor(query.network, query);
    if (!edition.ok) return edition;
    const { on: _on, ...filter } = query;
    const rows = await areas.list({ ...filter, edition: edition.value, bbox: query.bbox });
    const page = rows.slice(0, query.limit).map(summaryOf);
    const next = rows.length > query.limit ? page[page.length - 1].code : null;
    return { ok: true, value: { network: query.network, edition: edition.value, areas: page, next } };
  }

  async function one(key: string, when: When, reader: Reader): Promise<Outcome<AreaDetail>> {
    const found = await findArea(key, when);
    if (!found.ok) return found;
    const { summary, edition } = found.value;
    const [counts, facts, ancestors, children, neighbours, [staff, phones], elsewhere, around] = await Promise.all([
      areas.counts(summary.id, edition),
      areas.facts(summary.id, edition),
      areas.ancestors(summary.id, edition),
      areas.children(summary.id, edition),
      areas.neighbours(summary.id, edition),
      staffWithPhones(summary.id, reader),
      areas.elsewhere(summary.id, edition, when.on ?? today()),
      areas.grantedAround(summary.id, edition, reader.grants, today()),
    ]);
    return {
      ok: true,
      value: {
        ...summary,
        edition,
        counts: seesAllCounts(reader.grants, thingIn(around)) ? counts : withoutHidden(counts),
        pieces: facts.pieces,
        profile: facts.profile,
        ancestors,
        children,
        neighbours,
        staff: staff.map((row) => staffOf(row, summary, phones.get(row.id) ?? [])),
        elsewhere,
        updated_at: facts.changed_at.toISOString(),
      },
    };
  }

  async function staffWithPhones(areaId: string, reader: Reader) {
    const staff = await areas.staff(areaId, today());
    return [staff, await contacts.ofStaff([...new Set(staff.map(({ id }) => id))], reader)] as const;
  }

  async function findArea(key: string, when: When): Promise<Outcome<{ summary: AreaSummary; edition: number }>> {
    const unknown = failed("area.unknown", {
      detail: `没有区域 ${key.slice(0, 80)}。`,
      fix: "它可能已停用或不在所选版次中；请用名称或编码搜索。",
    });
    const byId = isId(key);
    const byCode = /^([a-z0-9_]+):([^\s\0:/?#]{1,64})$/.exec(key);
    if (!byId && !byCode) return unknown;
    const network = byCode ? byCode[1] : await areas.networkOf(key);
    if (network === undefined) return unknown;
    const edition = await editionFor(network, when);
    if (!edition.ok) return edition;
    const row = await areas.one(network, edition.value, byCode ? { code: byCode[2] } : { id: key });
    if (row) return { ok: true, value: { summary: summaryOf(row), edition: edition.value } };
    const was = await retired(key);
    return was ? { ok: false, problem: was } : unknown;
  }

  return {
    async networks() {
      const rows = await networks.all(today());
      return rows.map(({ west, south, east, north, ...row }) => ({
        ...row,
        bbox: west === null ? null : [west, south!, east!, north!],
      }));
    },
    async editions(network) {
      const known = await editionFor(network, {});
      if (!known.ok && known.problem.code === "network.unknown") return known;
      return { ok: true, value: { network, editions: await networks.editions(network, today()) } };
    },
    list,
    one,
    findAt: findArea,
    editionFor,
    async outside(of, granted) {
      return granted.some(({ area_id }) => area_id === null) ? [] : areas.outside(of, granted, today());
    },
    async find(key) {
      const found = await findArea(key, {});
      return found.ok ? { ok: true, value: found.value.summary } : found;
    },
    async at({ lon, lat, on }) {
      const early = notYet(on);
      if (early) return early;
      const rows = await areas.at(lon, lat, on ?? today());
      const byNetwork = new Map<string, AreasAt["networks"][number]>();
      for (const { edition, ...ref } of rows) {
        const entry = byNetwork.get(ref.network) ?? { network: ref.network, edition, areas: [] };
        entry.areas.push(ref);
        byNetwork.set(ref.network, entry);
      }
      return { ok: true, value: { at: [lon, lat], networks: [...byNetwork.values()] } };
    },
    async portrait(staffId) {
      const svg = isId(staffId) ? await areas.portrait(staffId) : undefined;
      return svg === undefined
        ? failed("record.unknown", { detail: "没有可公开的照片。", fix: "照片须经本人同意后公开。" })
        : { ok: true, value: svg };
    },
  };
}

function withoutHidden(counts: AreaCounts): AreaCounts {
  return { ...counts, ...Object.fromEntries(areaCountsPolicy.hides.map((name) => [name, null])) };
}

function staffOf(row: StaffRow, area: AreaSummary, contacts: Contact[]): AreaStaff {
  const { id, network, code, name, short_name, level, role } = area;
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    duty: { code: row.duty_code, name: row.duty_name, name_en: row.duty_name_en },
    organisation: row.organisation,
    portrait: row.portrait ? `/api/staff/${row.id}/portrait` : null,
    area: { id, network, code, name, short_name, level, role },
    contacts,
  };
}
