import { type Request, type Response, Router } from "express";
import {
  AccountChange,
  type AccountList,
  AccountListQuery,
  type AccountSummary,
  type AccountWithPassword,
  type DeviceList,
  type DeviceWithToken,
  NewAccount,
  NewDevice,
  type OrganisationList,
  OrganisationQuery,
  ReleaseAccount,
} from "../../data/schema/account.ts";
import { readerOf } from "../access/reader.ts";
import { parse, unwrap } from "../http/parse.ts";
import type { DeviceService } from "./device_service.ts";
import type { AccountService } from "./service.ts";

export function accountRoutes(accounts: AccountService, devices: DeviceService): Router {
  const router = Router();
  router.get("/api/accounts", async (request, response) => {
    answer<AccountList>(response, await accounts.list(parse(AccountListQuery, request.query)));
  });
  router.post("/api/accounts", async (request, response) => {
    const made = unwrap(await accounts.create(readerOf(request), parse(NewAccount, request.body)));
    answerAccount<AccountWithPassword>(response, made);
  });
  router.get("/api/accounts/:id", async (request, response) => {
    answerAccount(response, unwrap(await accounts.one(request.params.id)));
  });
  router.put("/api/accounts/:id", async (request, response) => {
    const input = { ...parse(AccountChange, request.body), revision: revisionSeen(request) };
    answerAccount(response, unwrap(await accounts.change(readerOf(request), request.params.id, input)));
  });
  router.post("/api/accounts/:id/password", async (request, response) => {
    const changed = unwrap(await accounts.resetPassword(readerOf(request), request.params.id));
    answerAccount<AccountWithPassword>(response, changed);
  });
  router.post("/api/accounts/:id/release", async (request, response) => {
    const input = parse(ReleaseAccount, request.body ?? {});
    answerAccount(response, unwrap(await accounts.release(readerOf(request), request.params.id, input)));
  });
  router.get("/api/organisations", async (request, response) => {
    const { text } = parse(OrganisationQuery, request.query);
    answer<OrganisationList>(response, await accounts.organisations(text));
  });
  router.get("/api/devices", async (_request, response) => {
    answer<DeviceList>(response, await devices.list());
  });
  router.post("/api/devices", async (request, response) => {
    const made = unwrap(await devices.create(readerOf(request), parse(NewDevice, request.body)));
    answer<DeviceWithToken>(response, made);
  });
  router.delete("/api/devices/:id", async (request, response) => {
    unwrap(await devices.revoke(readerOf(request), request.params.id));
    response.status(204).end();
  });
  return router;
}

/** The revision that If-Match names, `"7"`; undefined where it is missing or `*`. Another form matches no revision. */
function revisionSeen(request: Request): number | undefined {
  const text = request.get("If-Match")?.trim();
  if (!text || text === "*") return undefined;
  return Number(/^(?:W\/)?"(\d{1,15})"$/.exec(text)?.[1] ?? -1);
}

function answer<T>(response: Response, value: T): void {
  response.set("Cache-Control", "no-store").json(value);
}

function answerAccount<T extends AccountSummary>(response: Response, account: T): void {
  response.set("ETag", `"${account.revision}"`);
  answer(response, account);
}
