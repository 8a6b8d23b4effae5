import { z } from "zod";
import { grantedRoles, roles } from "../access/roles.ts";
import { AreaRef } from "./area.ts";
import { Words } from "./parameters.ts";

/** Lower-case letters, digits, dot, dash and underscore; what somebody types to sign in. */
export const AccountName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/, "must be 2–64 letters, digits, dots, dashes or underscores");
/** As typed; whether it is good enough is judged by the rule for passwords, not here. */
const Password = Words.min(1).max(256);
/** Six digits of an authenticator app. */
const OneTimeCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/, "must be six digits");

/** A grant as people read it. */
export const GrantFact = z.object({
  role: z.enum(grantedRoles),
  /** Null = everywhere. */
  area: AreaRef.nullable(),
  organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type GrantFact = z.infer<typeof GrantFact>;

/** What the account must do before anything else. */
export const PendingStep = z.enum(["change_password", "enrol_second_factor"]);
export type PendingStep = z.infer<typeof PendingStep>;

/** GET /api/session — who is reading, and what the pages may offer. Never fails for want of a sign-in. */
export const Session = z.object({
  /** Null = the public. */
  account: z
    .object({
      id: z.string(),
      name: z.string(),
      display_name: z.string(),
      kind: z.enum(["person", "wall"]),
      /** Signs in with a password of ours, rather than through the identity provider. */
      local: z.boolean(),
      second_factor: z.boolean(),
      signed_in_at: z.iso.datetime({ offset: true }),
      grants: z.array(GrantFact),
    })
    .nullable(),
  pending: PendingStep.nullable(),
  /** Highest tier of each guarded layer that this reader reaches anywhere; 0 = do not offer it. */
  layers: z.record(z.string(), z.int().min(0)),
  /** Actions of the policy that this reader may do somewhere. */
  actions: z.array(z.string()),
  public_access: z.boolean(),
  /** Name of the identity provider to offer; null = none is configured. */
  identity_provider: z.string().nullable(),
  /** Only with the demo city on a server that nobody else can reach. */
  demo_accounts: z.array(
    z.object({ name: z.string(), display_name: z.string(), role: z.enum(roles), password: z.string() }),
  ),
  /** Without anything asked, the session ends then. Null for walls and the public. */
  ends_at: z.iso.datetime({ offset: true }).nullable(),
});
export type Session = z.infer<typeof Session>;

/** POST /api/session */
export const SignIn = z.object({ name: AccountName, password: Password, code: OneTimeCode.optional() });
export type SignIn = z.infer<typeof SignIn>;

/** POST /api/session/setup — the one-time link of the first start makes the security administrator. */
export const Setup = z.object({
  token: z.string().min(20).max(200),
  name: AccountName,
  display_name: Words.trim().min(1).max(60),
  password: Password,
});
export type Setup = z.infer<typeof Setup>;

/** POST /api/session/device — a screen presents the token of its pairing link once. */
export const PairDevice = z.object({ token: z.string().min(20).max(200) });
export type PairDevice = z.infer<typeof PairDevice>;

/** PUT /api/account/password */
export const ChangePassword = z.object({ current: Password, next: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** POST /api/account/second_factor — a new secret, not in force until a code of it was given. */
export const SecondFactorSecret = z.object({ secret: z.string(), uri: z.string() });
export type SecondFactorSecret = z.infer<typeof SecondFactorSecret>;

/** PUT /api/account/second_factor */
export const ConfirmSecondFactor = z.object({ code: OneTimeCode });
/** DELETE /api/account/second_factor */
export const RemoveSecondFactor = z.object({ password: Password, code: OneTimeCode });

/** GET /api/account/sessions, latest first. */
export const SessionList = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      current: z.boolean(),
      signed_in_at: z.iso.datetime({ offset: true }),
      seen_at: z.iso.datetime({ offset: true }),
      address: z.string(),
      agent: z.string(),
    }),
  ),
});
export type SessionList = z.infer<typeof SessionList>;
