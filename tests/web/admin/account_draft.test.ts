import { expect, test } from "vitest";
import type { AreaRef } from "../../../data/schema/area.ts";
import {
  type AccountDraft,
  changeOf,
  emptyDraft,
  faultOfDraft,
  isSame,
  newGrant,
  withSuccessors,
} from "../../../web/admin/account_draft.ts";

const area = (code: string): AreaRef => ({
  id: code,
  network: "governance",
  code,
  name: code,
  short_name: code,
  level: 3,
  role: "grid",
});
const draftWith = (...grants: AccountDraft["grants"]): AccountDraft => ({
  ...emptyDraft(),
  display_name: "何晓",
  grants,
});

test("a grant without an area cannot be saved, unless it is an administrator's", () => {
  expect(faultOfDraft(draftWith(newGrant("worker")))).toBe("area");
  expect(faultOfDraft(draftWith(newGrant("worker", area("01"))))).toBeNull();
  expect(faultOfDraft(draftWith(newGrant("audit_admin")))).toBeNull();
});

test("two administrator roles, a nameless account and a retired area cannot be saved", () => {
  expect(faultOfDraft(draftWith(newGrant("audit_admin"), newGrant("system_admin")))).toBe("apart");
  expect(faultOfDraft({ ...draftWith(), display_name: " " })).toBe("display_name");
  expect(faultOfDraft(draftWith({ ...newGrant("worker", area("01")), retired: true }))).toBe("retired");
});

test("an administrator's grant is sent without area and organisation, a doubled row once", () => {
  const admin = { ...newGrant("audit_admin", area("01")), organisation: { id: "7", name: "城管局" } };
  const worker = () => ({ ...newGrant("worker", area("01")), organisation: { id: "7", name: "城管局" } });
  expect(changeOf(draftWith(admin, worker(), worker())).grants).toEqual([
    { role: "audit_admin", area: null, organisation_id: null },
    { role: "worker", area: "governance:01", organisation_id: "7" },
  ]);
});

test("the order of rows changes nothing, another area does", () => {
  const [one, two] = [newGrant("worker", area("01")), newGrant("planner", area("02"))];
  expect(isSame(draftWith(one, two), draftWith(two, one))).toBe(true);
  expect(isSame(draftWith(one), draftWith(newGrant("worker", area("03"))))).toBe(false);
});

test("a retired grant becomes the same role in each successor, for the same organisation", () => {
  const retired = { ...newGrant("worker", area("01")), retired: true, organisation: { id: "7", name: "城管局" } };
  const kept = newGrant("planner", area("09"));
  const { grants } = withSuccessors(draftWith(retired, kept), retired.row, [area("02"), area("03")]);
  expect(
    grants.map(({ role, area: place, organisation, retired: gone }) => [role, place?.code, organisation?.id, gone]),
  ).toEqual([
    ["worker", "02", "7", false],
    ["worker", "03", "7", false],
    ["planner", "09", undefined, false],
  ]);
});
