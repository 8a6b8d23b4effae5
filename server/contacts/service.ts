import { isId } from "../../data/schema/parameters.ts";
import { maskPhone, showingOf, tierOf } from "../../data/access/decide.ts";
import type { Showing } from "../../data/access/showing.ts";
import type { Contact, RevealedContact } from "../../data/schema/contact.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { ProblemCode } from "../../data/schema/problem_codes.ts";
import type { Reader } from "../access/reader.ts";
import { thingIn } from "../access/scope_sql.ts";
import type { RecordAudit } from "../audit/event.ts";
import { actorOf } from "../audit/service.ts";
import type { Db } from "../db/db.ts";
import type { ContactOwner, ContactRepository, ContactRow } from "./repository.ts";

export interface ContactService {
  /** Phones as the reader may see them, those that may not be seen left out. */
  of: (owner: Exclude<ContactOwner, { staff_ids: readonly string[] }>, reader: Reader) => Promise<Contact[]>;
  /** The same of several persons, by their ids. */
  ofStaff: (staff_ids: readonly string[], reader: Reader) => Promise<ReadonlyMap<string, Contact[]>>;
  /** A phone in full, where the reader may have it; written down, whether it is given or not. */
  reveal: (id: string, reader: Reader) => Promise<Outcome<RevealedContact>>;
}

export interface ContactParts {
  db: Pick<Db, "transaction">;
  contacts: ContactRepository;
  recordAudit: RecordAudit;
}

export function contactService({ db, contacts, recordAudit }: ContactParts): ContactService {
  async function reveal(id: string, reader: Reader): Promise<Outcome<RevealedContact>> {
    const [row] = isId(id) ? await contacts.of({ contact_id: id }, reader.grants) : [];
    const unknown = failed("contact.unknown", {
      detail: "没有这条联系方式。",
      fix: "它可能已被删除；请刷新页面后重试。",
    });
    if (!row) return unknown;
    const showing = showingFor(row, reader);
    if (showing === "none" || showing === "part") {
      // who sees nothing of it must not learn that it exists
      const refusal = showing === "none" ? unknown : failed("access.forbidden", forbidden);
      await write(row, reader, refusal.problem.code);
      return refusal;
    }
    await write(row, reader);
    return { ok: true, value: { id: row.id, phone: row.phone } };
  }

  /** Who did not sign in is given nothing that does not hang in the street, and must not fill the log. */
  async function write(
    { id, kind, staff_id, key_unit_id }: ContactRow,
    reader: Reader,
    refused?: ProblemCode,
  ): Promise<void> {
    if (!reader.account) return;
    await db.transaction((tx) =>
      recordAudit(tx, actorOf(reader), {
        action: "contact_reveal",
        target: `contact:${id}`,
        after: { kind, ...(staff_id ? { staff_id } : {}), ...(key_unit_id ? { key_unit_id } : {}) },
        ...(refused ? { outcome: "refused" as const, problem: refused } : {}),
      }),
    );
  }

  return {
    async of(owner, reader) {
      return (await contacts.of(owner, reader.grants)).flatMap((row) => contactFor(row, reader));
    },
    async ofStaff(staff_ids, reader) {
      const found = new Map<string, Contact[]>();
      if (staff_ids.length === 0) return found;
      for (const row of await contacts.of({ staff_ids }, reader.grants)) {
        found.set(row.staff_id!, [...(found.get(row.staff_id!) ?? []), ...contactFor(row, reader)]);
      }
      return found;
    },
    reveal,
  };
}

const forbidden = {
  detail: "您的角色只能看到该号码的一部分。",
  fix: "如确有需要，请联系安全管理员授权。",
};

function showingFor(row: ContactRow, { grants }: Reader): Showing {
  const owner = thingIn(row.areas, row.holders);
  // a unit that is not there for the reader has no phone either, not even one that hangs at its door
  if (row.key_unit_id !== null && tierOf("key_units", grants, owner) === 0) return "none";
  return showingOf(row.kind, grants, owner);
}

function contactFor(row: ContactRow, reader: Reader): Contact[] {
  const showing = showingFor(row, reader);
  if (showing === "none") return [];
  const phone = showing === "open" ? row.phone : maskPhone(row.phone);
  return [{ id: row.id, kind: row.kind, name: row.name, phone, showing }];
}
