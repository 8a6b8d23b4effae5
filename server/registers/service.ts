import { isId } from "../../data/schema/parameters.ts";
import { highestTier, regionsOf, tierRules } from "../../data/access/decide.ts";
import { actionPolicy } from "../../data/access/policy.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { Contact } from "../../data/schema/contact.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import { type RecordDetail, type Register, registers } from "../../data/schema/record.ts";
import type { Reader } from "../access/reader.ts";
import type { AreaService } from "../areas/service.ts";
import type { ContactService } from "../contacts/service.ts";
import { registerTables } from "./register_tables.ts";
import type { ExportRow, Fact, RecordRow, RegisterRepository } from "./repository.ts";

/** A record as it goes into a file: what the reader is not shown is not in it. */
export interface ExportedRecord {
  id: string;
  title: string;
  facts: Record<string, Fact>;
  lon: number;
  lat: number;
  geometry: Record<string, unknown>;
  source: string;
  changed_at: string;
}

export interface RegisterService {
  one: (register: string, id: string, reader: Reader) => Promise<Outcome<RecordDetail>>;
  /** Names of the facts that some record may show this reader. */
  columns: (register: Register, reader: Reader) => string[];
  /** Whether the reader may export anything of the area. */
  mayExport: (area_id: string, reader: Reader) => Promise<boolean>;
  /** Hands over what of a register lies in the area and where the reader may export, in batches. */
  each: (
    register: Register,
    area_id: string,
    reader: Reader,
    take: (records: ExportedRecord[]) => Promise<void>,
  ) => Promise<void>;
}

export interface RegisterParts {
  records: RegisterRepository;
  areas: Pick<AreaService, "at">;
  contacts: Pick<ContactService, "of">;
}

export function registerService({ records, areas, contacts }: RegisterParts): RegisterService {
  async function contactsOf(register: Register, id: string, row: RecordRow, reader: Reader): Promise<Contact[]> {
    if (register === "key_units") return contacts.of({ key_unit_id: id }, reader);
    if (register === "facilities" && row.holder !== null) {
      return contacts.of({ organisation_id: row.holder }, reader);
    }
    return [];
  }

  return {
    async one(register, id, reader) {
      if (!isRegister(register)) {
        return failed("register.unknown", {
          detail: `没有名为 ${register.slice(0, 60)} 的登记册。`,
          fix: "请从列出的登记册中选择。",
          pointer: "register",
          allowed: [...registers],
        });
      }
      const row = isId(id) ? await records.one(register, id, reader) : undefined;
      if (!row) {
        return failed("record.unknown", {
          detail: `${register} 中没有编号 ${id.slice(0, 40)}。`,
          fix: "它可能已被删除；请用名称或地址搜索。",
        });
      }
      const { title, lon, lat, source, changed_at } = row;
      const [place, phones] = await Promise.all([areas.at({ lon, lat }), contactsOf(register, id, row, reader)]);
      if (!place.ok) return place;
      return {
        ok: true,
        value: {
          title,
          ...shownFacts(register, row),
          register,
          id,
          contacts: phones,
          at: [lon, lat],
          source,
          areas: place.value.networks.map((network) => network.areas[network.areas.length - 1] satisfies AreaRef),
          updated_at: changed_at.toISOString(),
        },
      };
    },
    columns(register, { grants }) {
      const hides = tierRules(register, highestTier(register, grants))?.hides;
      const names = new Set(registerTables[register].flatMap(({ facts }) => Object.keys(facts)));
      return [...names].filter((name) => hides && !hides.includes(name));
    },
    mayExport: (area_id, { grants }) => records.meets(regionsOf(actionPolicy.export_registers, grants), area_id),
    each(register, area_id, reader, take) {
      const regions = regionsOf(actionPolicy.export_registers, reader.grants);
      return records.each({ register, area_id, regions }, reader, (rows) =>
        take(rows.map((row) => exportedOf(register, row))),
      );
    },
  };
}

function shownFacts(
  register: Register,
  { tier, facts }: Pick<RecordRow, "tier" | "facts">,
): Pick<RecordDetail, "facts" | "hidden"> {
  const hides = tierRules(register, tier)?.hides ?? Object.keys(facts);
  const hidden = Object.keys(facts).filter((name) => hides.includes(name));
  return { facts: Object.fromEntries(Object.entries(facts).filter(([name]) => !hidden.includes(name))), hidden };
}

function exportedOf(register: Register, { tier, facts, changed_at, ...row }: ExportRow): ExportedRecord {
  return { ...row, facts: shownFacts(register, { tier, facts }).facts, changed_at: changed_at.toISOString() };
}

function isRegister(name: string): name is Register {
  return (registers as readonly string[]).includes(name);
}
