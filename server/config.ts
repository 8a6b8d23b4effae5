import { z } from "zod";
import { adminRoles, type GrantedRole, grantedRoles } from "../data/access/roles.ts";
import { isLoopback } from "./http/loopback.ts";
import { readTrustProxy, type TrustProxy } from "./http/trust_proxy.ts";

/** A setting that cannot be used; `message` names it and the remedy, for the operator. */
export class ConfigError extends Error {}

const port = z.coerce.number().int().min(0).max(65_535);
const demoSizes = ["community", "district", "city", "off"] as const;

/** A backdrop from a WMTS or XYZ service. `url` has {z} {x} {y}; its key stays on this server. */
const BasemapSetting = z.object({
  id: z.string().regex(/^[a-z0-9_-]+$/),
  name: z.string().min(1),
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => ["{z}", "{x}", "{y}"].every((part) => url.includes(part)), "must contain {z}, {x} and {y}"),
  datum: z.enum(["CGCS2000", "WGS84", "GCJ02"]),
  attribution: z.string().min(1),
  approval_number: z.string(),
  printing: z.boolean().default(false),
  min_zoom: z.int().min(0).max(22).default(0),
  max_zoom: z.int().min(0).max(22).default(18),
  tile_size: z.union([z.literal(256), z.literal(512)]).default(256),
});
export type BasemapSetting = z.infer<typeof BasemapSetting>;

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is no JSON" });
    return z.NEVER;
  }
});

const basemaps = json
  .pipe(z.array(BasemapSetting))
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, "has two backdrops of one id");

/** A rule that gives a grant to whoever the identity provider says has the value in the claim. */
const GrantRule = z
  .object({
    /** Its name, or the way to it: `realm_access.roles`. */
    claim: z.string().min(1),
    value: z.string(),
    role: z.enum(grantedRoles),
    /** `network:code`, or null for administrators, who hold everywhere. */
    area: z
      .string()
      .regex(/^[a-z][a-z0-9_]*:[^\s:/?#]+$/, "must be network:code")
      .nullable()
      .default(null),
    /** Code of an organisation. */
    organisation: z.string().min(1).optional(),
  })
  .refine(
    ({ role, area, organisation }) =>
      (adminRoles as readonly string[]).includes(role) ? area === null && organisation === undefined : area !== null,
    "administrators have no area, every other role has one",
  );

/** OpenID Connect. Its secret stays on this server. */
const IdentityProviderSetting = z.object({
  issuer: z.url({ protocol: /^https?$/ }).refine((url) => {
    const { protocol, hostname } = new URL(url);
    return protocol === "https:" || isLoopback(hostname);
  }, "must begin with https:// unless it is on this machine"),
  client_id: z.string().min(1),
  client_secret: z.string().min(1).optional(),
  /** What the button says. */
  name: z.string().trim().min(1).max(40),
  scopes: z.string().default("openid profile"),
  grants: z.array(GrantRule).min(1),
});
export type IdentityProviderSetting = z.infer<typeof IdentityProviderSetting>;

const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, "is no time zone of the IANA database, such as Asia/Shanghai");

/** Comma list of origins; a path or a wildcard would let more pages frame ours than somebody meant. */
const origins = z
  .string()
  .transform((text) => text.split(",").map((origin) => origin.trim()))
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (text) => /^https?:\/\/[a-z0-9.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text,
          "must be origins such as https://portal.example, separated by commas",
        ),
    ),
  );

const trustProxy = z.string().transform((text, context) => {
  const trusted = readTrustProxy(text);
  if (trusted !== undefined) return trusted;
  context.addIssue({
    code: "custom",
    message: "must be the number of proxies, or a comma list of their addresses, networks (10.0.0.0/8) or loopback",
  });
  return z.NEVER;
});

const minutes = z.coerce.number().int().min(1).max(720);

/** Comma list of roles that sign in with a second factor. */
const secondFactor = z
  .string()
  .transform((text) => text.split(",").map((role) => role.trim()))
  .pipe(z.array(z.enum(grantedRoles)));

const Settings = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(8080),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  DATA_DIR: z.string().min(1).default(".grid-atlas"),
  DEMO: z.enum(demoSizes).default("district"),
  TZ_NAME: timeZone.default("Asia/Shanghai"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  /** How often the start tries to reach the database, with growing pauses, before it gives up. */
  DATABASE_TRIES: z.coerce.number().int().min(1).max(100).default(8),
  /** Memory for finished tiles, MB. */
  TILE_CACHE_MB: z.coerce.number().int().min(8).max(16_384).default(128),
  /** JSON list of backdrops, see README. */
  BASEMAPS: basemaps.default([]),
  /** Certificate chain and key (PEM files): the server then speaks HTTPS. */
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  /** Proxies that may say from where and how a request came. */
  TRUST_PROXY: trustProxy.optional(),
  /** Other origins that may show our pages in a frame. */
  FRAME_ORIGINS: origins.default([]),
  /** Whether the public edition is shown to those who did not sign in. */
  PUBLIC_ACCESS: z.enum(["on", "off"]).default("on"),
  /** Largest area of which pipes, components and key units go into one export, km². */
  EXPORT_LIMIT_KM2: z.coerce.number().min(0).max(1_000_000).default(4),
  SESSION_IDLE_MINUTES: minutes.default(60),
  /** Whether somebody who drew or submitted a plan may not approve it. */
  TWO_PERSON: z.enum(["on", "off"]).default("on"),
  SECOND_FACTOR: secondFactor.default([]),
  /** JSON of the OpenID Connect provider, see README. */
  IDENTITY_PROVIDER: json.pipe(IdentityProviderSetting).optional(),
});

export interface Config {
  host: string;
  port: number;
  /** Undefined: embedded database in `data_dir`. */
  database_url: string | undefined;
  data_dir: string;
  demo: (typeof demoSizes)[number];
  time_zone: string;
  log_level: string;
  database_tries: number;
  tile_cache_bytes: number;
  basemaps: BasemapSetting[];
  tls: { cert: string; key: string } | undefined;
  trust_proxy: TrustProxy | undefined;
  frame_origins: string[];
  public_access: boolean;
  export_limit_km2: number;
  session_idle_minutes: number;
  two_person: boolean;
  second_factor: GrantedRole[];
  identity_provider: IdentityProviderSetting | undefined;
}

/**
 * Reads every setting once. Empty variables count as not set.
 * @throws ConfigError naming each bad setting, what it was and what it may be
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Settings.safeParse(given);
  if (!parsed.success) throw new ConfigError(describe(parsed.error, given));
  const settings = parsed.data;
  return {
    host: settings.HOST,
    port: settings.PORT,
    database_url: settings.DATABASE_URL,
    data_dir: settings.DATA_DIR,
    demo: settings.DEMO,
    time_zone: settings.TZ_NAME,
    log_level: settings.LOG_LEVEL,
    database_tries: settings.DATABASE_TRIES,
    tile_cache_bytes: settings.TILE_CACHE_MB * 1024 * 1024,
    basemaps: settings.BASEMAPS,
    tls: tlsOf(settings.TLS_CERT, settings.TLS_KEY),
    trust_proxy: settings.TRUST_PROXY,
    frame_origins: settings.FRAME_ORIGINS,
    public_access: settings.PUBLIC_ACCESS === "on",
    export_limit_km2: settings.EXPORT_LIMIT_KM2,
    session_idle_minutes: settings.SESSION_IDLE_MINUTES,
    two_person: settings.TWO_PERSON === "on",
    second_factor: settings.SECOND_FACTOR,
    identity_provider: settings.IDENTITY_PROVIDER,
  };
}

/** @throws ConfigError where one of the two is missing */
function tlsOf(cert: string | undefined, key: string | undefined): Config["tls"] {
  if (cert && key) return { cert, key };
  if (!cert && !key) return undefined;
  const [given, missing] = cert ? ["TLS_CERT", "TLS_KEY"] : ["TLS_KEY", "TLS_CERT"];
  throw new ConfigError(`设置了 ${given},还需要 ${missing} / ${given} is set, ${missing} is needed too`);
}

/** One line a bad setting. Values of settings that may hold a password or key are not repeated. */
function describe(error: z.ZodError, given: Record<string, string | undefined>): string {
  const secret = new Set(["DATABASE_URL", "BASEMAPS", "IDENTITY_PROVIDER"]);
  return error.issues
    .map((issue) => {
      const [name, ...place] = issue.path.map(String);
      const was = secret.has(name) ? "" : `「${given[name]}」`;
      return `设置 ${name}${was}${place.length > 0 ? ` (${place.join(".")})` : ""} 无法使用 / cannot be used: ${issue.message}`;
    })
    .join("\n");
}
