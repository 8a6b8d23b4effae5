import type { Express } from "express";
import pino from "pino";
import request from "supertest";
import type { Actor, AuditEvent } from "../../server/audit/event.ts";
import { scopeTokens } from "../../server/access/scope_token.ts";
import { type Db, DatabaseUnavailable } from "../../server/db/db.ts";
import { sql } from "../../server/db/sql.ts";
import { createApp } from "../../server/http/app.ts";
import { endpoints } from "../../data/schema/endpoints.ts";
import type { GrantedRole } from "../../data/access/roles.ts";
import { openSignIn, type SignInOptions } from "../../server/sign_in/open_sign_in.ts";
import { hashPassword } from "../../server/sign_in/password_hash.ts";

export interface SignInApp {
  app: Express;
  db: Db;
  /** What would be in the log, in order. */
  written: (AuditEvent & { actor: Actor })[];
  signIn: Awaited<ReturnType<typeof openSignIn>>;
  /** Lets time pass, as this server counts it. */
  pass: (minutes: number) => void;
}

/** A server that one can sign in to, with nothing else behind its gate. Several may share one database. */
export async function signInApp(db: Db, options: Partial<SignInOptions> = {}): Promise<SignInApp> {
  const written: SignInApp["written"] = [];
  let passed = 0; // ms
  const now = () => Date.now() + passed;
  const signIn = await openSignIn({
    db,
    audit: async (_queries, actor, event) => {
      written.push({ actor, ...event });
    },
    onRefusal: async ({ address, reference }, { method, path }, { code }) => {
      written.push({
        actor: { account_id: null, account_name: null, address, reference },
        action: "refused",
        target: `route:${method.toUpperCase()} ${path}`,
        outcome: "refused",
        problem: code,
      });
    },
    tokens: scopeTokens({ key: new Uint8Array(32), now, rev: () => 0 }),
    idle_minutes: 60,
    second_factor: [],
    public_access: true,
    identity_provider: undefined,
    demo_allowed: false,
    today: () => "2026-11-24",
    now,
    onError: () => undefined,
    ...options,
  });
  const app = createApp({
    log: pino({ level: "silent" }),
    before: [signIn.handler],
    gate: { endpoints, identify: signIn.identify, publicAccess: true, onRefusal: async () => undefined },
    routers: [signIn.router],
    isDatabaseDown: (error) => error instanceof DatabaseUnavailable,
  });
  const pass = (minutes: number) => {
    passed += minutes * 60_000;
  };
  return { app, db, written, signIn, pass };
}

/** What `anAccount` signs in with. */
export const goodPassword = "Correct-Horse-7";
let goodHash: Promise<string> | undefined;

export interface AccountFacts {
  name: string;
  roles: GrantedRole[];
  /** bigint as text; of roles that have a place. */
  area: string | null;
  must_change_password: boolean;
}

/** An account that may sign in with `goodPassword`. @returns its id */
export async function anAccount(db: Db, facts: Partial<AccountFacts> = {}): Promise<string> {
  const { name = "zhang.san", roles = [], area = null, must_change_password = false } = facts;
  goodHash ??= hashPassword(goodPassword);
  const [account] = await db.query(sql<{ id: string }>`
    insert into account (name, display_name, origin, password_hash, must_change_password)
    values (${name}, ${`显示${name}`}, 'local', ${await goodHash}, ${must_change_password})
    returning id::text as id`);
  for (const role of roles) {
    const place = role.endsWith("_admin") ? null : area;
    await db.query(sql`
      insert into role_grant (account_id, role, area_id) values (${account.id}::bigint, ${role}, ${place}::bigint)`);
  }
  return account.id;
}

/** A browser: keeps its cookies. */
export function aBrowser(app: Express) {
  return request.agent(app);
}

/** Value of a cookie that an answer sets; the last of that name counts. "" = taken away. */
export function cookieIn(answer: { headers: Record<string, unknown> }, name: string): string {
  const lines = (answer.headers["set-cookie"] ?? []) as string[];
  const found = lines.filter((line) => line.startsWith(`${name}=`)).at(-1);
  if (found === undefined) throw new Error(`no cookie ${name} was set`);
  return found.slice(name.length + 1, found.indexOf(";"));
}
