import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { Grant } from "../../../data/access/roles.ts";
import { scopeTokenLife, scopeTokens } from "../../../server/access/scope_token.ts";

const key = Buffer.alloc(32, 7);
const grants: Grant[] = [
  { role: "fire_liaison", area_id: "12", organisation_id: null },
  { role: "fire_liaison", area_id: "12", organisation_id: "3" },
  { role: "worker", area_id: "999999999999999999", organisation_id: null },
  { role: "system_admin", area_id: null, organisation_id: null },
];

/** Tokens whose clock and change feed stand where the test puts them. */
function tokens(of: { key?: Uint8Array; rev?: number } = {}) {
  const state = { at: 1_000_000, rev: of.rev ?? 10 };
  return { state, ...scopeTokens({ key: of.key ?? key, now: () => state.at, rev: () => state.rev }) };
}

test("a token says which account it is of and what it was granted", () => {
  const { issue, verify } = tokens();
  const { token } = issue("42", grants);
  expect(verify(token)).toMatchObject({ account_id: "42", rev: 10, issued_at: 1_000_000 });
  expect(verify(token)!.grants).toEqual(expect.arrayContaining(grants));
  expect(verify(token)!.grants).toHaveLength(grants.length);
});

test("any other character anywhere in it makes it worthless", () => {
  const { issue, verify } = tokens();
  const { token } = issue("42", grants);
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === "A" ? "Q" : "A";
    expect(verify(token.slice(0, at) + other + token.slice(at + 1)), `at ${at}`).toBeUndefined();
  }
  for (const text of ["", ".", "a.b", `${token}.`, token.slice(0, -1), `${token}A`, "x".repeat(10_000)]) {
    expect(verify(text)).toBeUndefined();
  }
});

test("a signature of another key, or of other words, is no signature", () => {
  const { token } = tokens({ key: Buffer.alloc(32, 8) }).issue("42", grants);
  expect(tokens().verify(token)).toBeUndefined();
  const payload = token.split(".")[0]!;
  const bare = createHmac("sha256", key).update(payload).digest("base64url");
  expect(tokens().verify(`${payload}.${bare}`)).toBeUndefined();
  expect(() => tokens({ key: Buffer.alloc(16) })).toThrow(RangeError);
});

test("it ends after ten minutes, and is due to be renewed after five", () => {
  const { state, issue, verify, holds, isDue } = tokens();
  const { token, expires_at } = issue("42", grants);
  const claim = verify(token)!;
  expect(isDue(token, "42")).toBe(false);
  expect(isDue(token, "43")).toBe(true);
  expect(isDue(undefined, "42")).toBe(true);
  state.at += scopeTokenLife / 2 + 1;
  expect(isDue(token, "42")).toBe(true);
  expect(verify(token)).toBeDefined();
  state.at = expires_at.getTime();
  expect(verify(token)).toBeUndefined();
  expect(holds(claim)).toBe(false);
});

test("a change of access ends the tokens of that account issued before, and no others", () => {
  const { state, issue, verify, holds, revoke } = tokens();
  const [mine, theirs] = [issue("42", grants).token, issue("43", grants).token];
  const claim = verify(mine)!;
  revoke(["42"]);
  expect(holds(claim)).toBe(false);
  expect(verify(mine)).toBeUndefined();
  expect(verify(theirs)).toBeDefined();
  state.at += 1;
  expect(verify(issue("42", grants).token)).toBeDefined();
});

test("a token of an instance that has not heard of the change yet is refused by one that has", () => {
  const [late, heard] = [tokens(), tokens()];
  heard.state.rev = 11;
  heard.revoke([42], 11);
  late.state.at += 60_000;
  heard.state.at += 60_000;
  expect(heard.verify(late.issue("42", grants).token)).toBeUndefined();
  expect(heard.verify(heard.issue("42", grants).token)).toBeDefined();
});

test("what was issued before this process began is refused: it may have missed a change", () => {
  const { token } = tokens({ rev: 9 }).issue("42", grants);
  expect(tokens({ rev: 10 }).verify(token)).toBeUndefined();
});

test("fifty grants fit a cookie", () => {
  const many: Grant[] = Array.from({ length: 50 }, (_, i) => ({
    role: "police_liaison",
    area_id: String(10 ** 12 + i),
    organisation_id: String(10 ** 6 + i),
  }));
  expect(tokens().issue("42", many).token.length).toBeLessThan(3000);
});
