import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { get } from "node:https";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ListenError, listen } from "../../../server/http/listener.ts";
import { missingOverHttp, readTls } from "../../../server/http/tls.ts";
import { temporaryFolder } from "../../support/server_process.ts";

/** A certificate of our own for localhost, in PEM files; undefined where the machine has no openssl. */
function selfSigned(name = "one"): { cert: string; key: string } | undefined {
  const folder = temporaryFolder();
  const files = { cert: path.join(folder, `${name}.crt`), key: path.join(folder, `${name}.key`) };
  try {
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=localhost",
      ].concat(["-days", "2", "-keyout", files.key, "-out", files.cert]),
      { stdio: "ignore" },
    );
    return files;
  } catch {
    return undefined;
  }
}

test("with a certificate the server speaks HTTPS, from the first moment on", async (context) => {
  const files = selfSigned();
  if (!files) return context.skip();
  const listener = await listen("127.0.0.1", 0, () => "…", readTls(files));
  onTestFinished(() => listener.close(0));
  expect(listener.address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const ask = (address: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      get(`${address}/readyz`, { rejectUnauthorized: false }, (response) => resolve(response.statusCode)).on(
        "error",
        reject,
      );
    });
  expect(await ask(listener.address)).toBe(503);
  listener.serve((_request, response) => response.writeHead(204).end());
  expect(await ask(listener.address)).toBe(204);
});

test("files that cannot be read, or that do not belong together, end the start by name", (context) => {
  const [one, other] = [selfSigned("one"), selfSigned("other")];
  if (!one || !other) return context.skip();
  expect(() => readTls({ cert: "/no/such.pem", key: one.key })).toThrow(/TLS_CERT.*no\/such\.pem/);
  expect(() => readTls({ cert: one.cert, key: "/no/such.pem" })).toThrow(/TLS_KEY/);
  expect(() => readTls({ cert: one.cert, key: other.key })).toThrow(ListenError);
  writeFileSync(other.key, "nonsense");
  expect(() => readTls({ cert: one.cert, key: other.key })).toThrow(/TLS_CERT.*TLS_KEY/);
});

test("what is missing over plain HTTP is said where others reach the server by it, and only there", () => {
  const open = { host: "0.0.0.0", tls: undefined, trust_proxy: undefined };
  expect(missingOverHttp(open, false)).toMatch(/HOST=0\.0\.0\.0[\s\S]*TLS_CERT[\s\S]*TRUST_PROXY[\s\S]*passwords/);
  expect(missingOverHttp(open, true)).toBeNull();
  expect(missingOverHttp({ ...open, tls: { cert: "a", key: "b" } }, false)).toBeNull();
  expect(missingOverHttp({ ...open, trust_proxy: 1 }, false)).toBeNull();
});
