import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { get } from "node:https";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ListenError, listen } from "../../../server/http/listener.ts";
import { missingOverHttp, readTls } from "../../../server/http/tls.ts";
import { testCertificate } from "../../support/certificate.ts";
import { temporaryFolder } from "../../support/server_process.ts";

/** Certificate and key in files. */
function pemFiles(): { cert: string; key: string } {
  const folder = temporaryFolder();
  const files = { cert: path.join(folder, "localhost.crt"), key: path.join(folder, "localhost.key") };
  writeFileSync(files.cert, testCertificate.cert);
  writeFileSync(files.key, testCertificate.key);
  return files;
}

test("with a certificate the server speaks HTTPS, from the first moment on", async () => {
  const listener = await listen("127.0.0.1", 0, () => "…", readTls(pemFiles()));
  onTestFinished(() => listener.close(0));
  expect(listener.address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const ask = (address: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      get(`${address}/readyz`, { ca: testCertificate.cert }, (response) => resolve(response.statusCode)).on(
        "error",
        reject,
      );
    });
  expect(await ask(listener.address)).toBe(503);
  listener.serve((_request, response) => response.writeHead(204).end());
  expect(await ask(listener.address)).toBe(204);
});

test("files that cannot be read, or that do not belong together, end the start by name", () => {
  const { cert, key } = pemFiles();
  expect(() => readTls({ cert: "/no/such.pem", key })).toThrow(/TLS_CERT.*no\/such\.pem/);
  expect(() => readTls({ cert, key: "/no/such.pem" })).toThrow(/TLS_KEY/);
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  writeFileSync(key, other.export({ type: "pkcs8", format: "pem" }));
  expect(() => readTls({ cert, key })).toThrow(ListenError);
  writeFileSync(key, "nonsense");
  expect(() => readTls({ cert, key })).toThrow(/TLS_CERT.*TLS_KEY/);
});

test("what is missing over plain HTTP is said where others reach the server by it, and only there", () => {
  const open = { host: "0.0.0.0", tls: undefined, trust_proxy: undefined };
  expect(missingOverHttp(open, false)).toMatch(/HOST=0\.0\.0\.0[\s\S]*TLS_CERT[\s\S]*TRUST_PROXY[\s\S]*passwords/);
  expect(missingOverHttp(open, true)).toBeNull();
  expect(missingOverHttp({ ...open, tls: { cert: "a", key: "b" } }, false)).toBeNull();
  expect(missingOverHttp({ ...open, trust_proxy: 1 }, false)).toBeNull();
});
