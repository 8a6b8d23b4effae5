import { type DestinationStream, type Logger, pino } from "pino";
import { QueryError } from "../db/db.ts";
import { ProblemError } from "./parse.ts";

/**
 * The server's log. What stands in it may be read by many and is kept for long: cookies, tokens, passwords and phones
 * never get there, whoever logs.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { err: loggedError, url: loggedUrl },
    // nothing logs these on purpose
    redact: { paths: secretPaths, censor: removed },
  };
  return destination ? pino(options, destination) : pino(options);
}

const removed = "[removed]";
const secretNames = ["password", "token", "secret", "cookie", "authorization", "phone", "client_secret"];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Parameters of an address whose values open something. */
const secretParameters =
  /^(?:code|state|nonce|session_state|id_token|access_token|token|password|phone|tk|key|secret)$/i;

/** An address without what in it is secret or personal: which parameters there were stays to be seen. */
export function loggedUrl(url: unknown): unknown {
  if (typeof url !== "string") return url;
  const [path, ...rest] = url.split("?");
  if (rest.length === 0) return withoutSecrets(path!);
  const query = rest
    .join("?")
    .split("&")
    .map((pair) => {
      const name = pair.split("=")[0]!;
      return secretParameters.test(decoded(name)) ? `${name}=${removed}` : withoutSecrets(decoded(pair));
    })
    .join("&");
  return `${withoutSecrets(path!)}?${query}`;
}

interface LoggedError {
  type: string;
  message: string;
  stack: string | undefined;
  [fact: string]: unknown;
}

/**
 * A failure with its stack and its causes. Of what the database said the detail is left out: it quotes rows. Other
 * properties of an error are, too: drivers hang requests and answers on them.
 */
export function loggedError(error: unknown): unknown {
  // an expected failure needs no stack
  if (error instanceof ProblemError) return withoutSecrets(error.message);
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const { detail } = error as { detail?: unknown };
  const plain = (text: string) =>
    withoutSecrets(typeof detail === "string" && detail !== "" ? text.replaceAll(detail, removed) : text);
  const logged: LoggedError = { type: error.name, message: plain(error.message), stack: plain(error.stack ?? "") };
  if (error instanceof QueryError) {
    for (const fact of ["sqlstate", "constraint", "table"] as const) {
      if (error[fact] !== undefined) logged[fact] = error[fact];
    }
  }
  const { code } = error as { code?: unknown };
  if (typeof code === "string") logged.code = code;
  if (error.cause !== undefined) logged.cause = loggedError(error.cause);
  if (error instanceof AggregateError) logged.errors = error.errors.map(loggedError);
  return logged;
}

const secretForms = [
  // a phone as people write it: spaces, dashes, +86, full-width digits
  /(?:(?<![\d０-９.])|[+＋]?(?:86|８６))[- ]?[1１][- ]?[3-9３-９](?:[- ]?[\d０-９]){9}(?![\d０-９])/g,
  /(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g, // landline
  /scrypt\$\S+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, // signed tokens
  /(?<=\b(?:Bearer|Basic) )\S+/gi,
  /(?<=:\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g, // password in an address
];

function withoutSecrets(text: string): string {
  return secretForms.reduce((left, form) => left.replace(form, removed), text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
