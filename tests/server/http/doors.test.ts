import type { IncomingMessage } from "node:http";
import express, { type RequestHandler, Router } from "express";
import pino from "pino";
import request from "supertest";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { networkOf } from "../../../data/access/network_of.ts";
import type { Endpoint } from "../../../data/schema/endpoint.ts";
import { type AppParts, createApp } from "../../../server/http/app.ts";
import { parse } from "../../../server/http/parse.ts";
import { addressFinder, readTrustProxy } from "../../../server/http/trust_proxy.ts";
import { gateFor, thePublic } from "../../support/readers.ts";

const served: Endpoint[] = (["get", "post", "put", "delete"] as const).map((method) => ({
  method,
  path: "/api/thing",
  summary: "",
  access: "anyone",
  others: [],
}));
const Thing = z.object({ name: z.string(), admin: z.boolean().default(false) });

function appWith(parts: Partial<AppParts> = {}) {
  const router = Router();
  const answer: RequestHandler = (asked, response) => {
    response.json({ ip: asked.ip, body: asked.body ?? null });
  };
  router.get("/api/thing", answer);
  router.post("/api/thing", answer);
  router.delete("/api/thing", answer);
  router.put("/api/thing", (asked, response) => {
    response.json(parse(Thing, asked.body));
  });
  return createApp({
    log: pino({ level: "silent" }),
    gate: gateFor(thePublic, [
      ...served,
      { method: "get", path: "/problems/:code", summary: "", access: "anyone", others: [] },
    ]),
    routers: [router],
    isDatabaseDown: () => false,
    ...parts,
  });
}

describe("a write", () => {
  const app = appWith();
  const own = { Host: "atlas.example:8080" };
  test.each([
    [{}, 200],
    [{ Origin: "http://atlas.example:8080" }, 200],
    [{ "Sec-Fetch-Site": "same-origin" }, 200],
    [{ "Sec-Fetch-Site": "none" }, 200],
    // the browser's own word counts where it is said
    [{ "Sec-Fetch-Site": "same-origin", Origin: "https://atlas.example" }, 200],
    [{ Origin: "http://atlas.example" }, 403],
    [{ Origin: "https://atlas.example:8080" }, 403],
    [{ Origin: "http://atlas.example:8080.evil.example" }, 403],
    [{ Origin: "http://evil.example" }, 403],
    [{ Origin: "null" }, 403],
    [{ Origin: "" }, 403],
    [{ Origin: "atlas.example:8080" }, 403],
    [{ "Sec-Fetch-Site": "same-site" }, 403],
    [{ "Sec-Fetch-Site": "cross-site", Origin: "http://atlas.example:8080" }, 403],
    // nobody trusts these without TRUST_PROXY
    [{ Origin: "http://evil.example", "X-Forwarded-Host": "evil.example" }, 403],
  ])("with %o is answered %i", async (headers, status) => {
    for (const method of ["post", "delete"] as const) {
      const answer = await request(app)
        [method]("/api/thing")
        .set({ ...own, ...headers });
      expect(answer.status, method).toBe(status);
      if (status === 403) expect(answer.body.code).toBe("request.foreign");
    }
    expect(
      (
        await request(app)
          .get("/api/thing")
          .set({ ...own, ...headers })
      ).status,
    ).toBe(200);
  });

  test("behind a proxy that is trusted is judged by what the browser asked", async () => {
    const behind = appWith({ trustProxy: ["loopback"] });
    const forwarded = { "X-Forwarded-Proto": "https", "X-Forwarded-Host": "atlas.city.example" };
    const send = (origin: string) =>
      request(behind)
        .post("/api/thing")
        .set({ ...own, ...forwarded, Origin: origin });
    expect((await send("https://atlas.city.example")).status).toBe(200);
    expect((await send("http://atlas.city.example")).status).toBe(403);
    expect((await send("http://atlas.example:8080")).status).toBe(403);
  });
});

describe("a body", () => {
  const app = appWith();
  const post = (body: string, type: string) => request(app).post("/api/thing").set("Content-Type", type).send(body);

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=gbk",
    "application/jsonp",
    "text/json",
    "",
  ])("of type %s is refused", async (type) => {
    const answer = await post('{"name":"a"}', type);
    expect(answer.status).toBe(415);
    expect(answer.body.code).toBe("request.media");
  });

  test("in JSON is read, with or without its character set; none is fine", async () => {
    expect((await post('{"名":1}', "application/json; charset=utf-8")).body.body).toEqual({ 名: 1 });
    expect((await post("[1]", "Application/JSON")).body.body).toEqual([1]);
    expect((await request(app).post("/api/thing")).body.body).toBeNull();
    expect((await request(app).delete("/api/thing")).status).toBe(200);
  });

  test("that is packed is refused: it may be a bomb", async () => {
    const answer = await post("x", "application/json").set("Content-Encoding", "gzip");
    expect(answer.status).toBe(415);
  });

  test("of more than 256 kB is refused", async () => {
    const sized = (size: number) => JSON.stringify({ name: "x".repeat(size) });
    expect((await post(sized(250_000), "application/json")).status).toBe(200);
    const answer = await post(sized(263_000), "application/json");
    expect(answer.status).toBe(413);
    expect(answer.body.code).toBe("request.too_large");
  });

  test.each(['{"name":', "nonsense", '"text"', "\u0000", '{"a":1}{"b":2}'])(
    "that is no JSON object or list, as %j, is refused without internals",
    async (body) => {
      const answer = await post(body, "application/json");
      expect(answer.status).toBe(400);
      expect(answer.body.code).toBe("request.invalid");
      expect(answer.text).not.toMatch(/JSON at|position|node_modules/);
    },
  );

  test("nested as deep as it fits, or made to change what all objects are, does no harm", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const put = (body: string) => request(app).put("/api/thing").set("Content-Type", "application/json").send(body);
    expect((await put(deep)).status).toBe(400);
    const evil = await put('{"name":"a","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}');
    expect(evil.body).toEqual({ name: "a", admin: false });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test("is not read of somebody who may not ask", async () => {
    const refusing = gateFor(thePublic, [
      { ...served[1]!, access: "manage_accounts" },
      ...served.slice(0, 1),
      ...served.slice(2),
      { method: "get", path: "/problems/:code", summary: "", access: "anyone", others: [] },
    ]);
    const answer = await request(appWith({ gate: refusing }))
      .post("/api/thing")
      .set("Content-Type", "text/plain")
      .send("x".repeat(300_000));
    expect(answer.status).toBe(401);
  });
});

describe("an address", () => {
  test("of more than 8 kB or 100 parameters is refused", async () => {
    const app = appWith();
    await request(app)
      .get(`/api/thing?${"a=1&".repeat(99)}a=1`)
      .expect(200);
    expect((await request(app).get(`/api/thing?${"a=1&".repeat(100)}a=1`)).body.code).toBe("request.invalid");
    await request(app)
      .get(`/api/thing?a=${"x".repeat(8000)}`)
      .expect(200);
    expect((await request(app).get(`/api/thing?a=${"x".repeat(8200)}`)).status).toBe(400);
  });
});

describe("who asks", () => {
  const from = (trustProxy: AppParts["trustProxy"], forwarded: string) =>
    request(appWith({ trustProxy }))
      .get("/api/thing")
      .set("X-Forwarded-For", forwarded)
      .then(({ body }) => body.ip as string);

  test("is who connected, whatever he says, unless a trusted proxy says it", async () => {
    expect(await from(undefined, "203.0.113.9")).toMatch(/127\.0\.0\.1$/);
    expect(await from(["10.0.0.0/8"], "203.0.113.9")).toMatch(/127\.0\.0\.1$/);
    expect(await from(["loopback"], "198.51.100.7, 203.0.113.9")).toBe("203.0.113.9");
    expect(await from(1, "198.51.100.7, 203.0.113.9")).toBe("203.0.113.9");
    expect(await from(["loopback", "203.0.113.0/24"], "198.51.100.7, 203.0.113.9")).toBe("198.51.100.7");
  });

  test("behind a proxy that was forgotten in the settings is said to the operator, once", async () => {
    const lines: string[] = [];
    const app = appWith({ log: pino({ level: "warn" }, { write: (line: string) => void lines.push(line) }) });
    for (const _ of [1, 2]) await request(app).get("/api/thing").set("X-Forwarded-For", "203.0.113.9");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("TRUST_PROXY");
  });

  test("is named by a setting that can be read, never by everybody", () => {
    expect(readTrustProxy("2")).toBe(2);
    expect(readTrustProxy("loopback, 10.1.0.0/16,::1")).toEqual(["loopback", "10.1.0.0/16", "::1"]);
    for (const wrong of ["true", "0", "", "all", "10.0.0.0/33", "::/0", "0.0.0.0/0", "10.0.0/8", "proxy.example"]) {
      expect(readTrustProxy(wrong), wrong).toBeUndefined();
    }
  });

  test("is counted as one network, however the address is written", () => {
    expect(networkOf("::ffff:10.0.0.1")).toBe("10.0.0.1");
    expect(networkOf("2001:db8::1")).toBe(networkOf("2001:0DB8:0:0:ffff::9"));
    expect(networkOf("2001:db8:0:1::1")).not.toBe(networkOf("2001:db8::1"));
    expect(networkOf("fe80::1%eth0")).toBe(networkOf("fe80::2"));
    expect(networkOf("::1")).toBe("0:0:0:0::/64");
    expect(networkOf("1:2:3:4:5:6:7:8")).toBe("1:2:3:4::/64");
    expect(networkOf("")).toBe("");
  });
});

describe("the headers", () => {
  test("let only the named origins frame a page", async () => {
    const plain = (await request(appWith()).get("/api/thing")).headers;
    expect(plain["content-security-policy"]).toContain("frame-ancestors 'self'");
    expect(plain["x-frame-options"]).toBe("SAMEORIGIN");
    const framed = (await request(appWith({ frameOrigins: ["https://portal.example"] })).get("/api/thing")).headers;
    expect(framed["content-security-policy"]).toContain("frame-ancestors 'self' https://portal.example");
    expect(framed["x-frame-options"]).toBeUndefined();
  });

  test("allow no script but files of ours, no eval, no blob that runs", async () => {
    const policy = (await request(appWith()).get("/api/thing")).headers["content-security-policy"]!;
    const directives = Object.fromEntries(
      policy.split(";").map((directive) => {
        const [name, ...values] = directive.trim().split(" ");
        return [name, values.join(" ")];
      }),
    );
    expect(directives).toMatchObject({
      "default-src": "'none'",
      "script-src": "'self'",
      "worker-src": "'self'",
      "connect-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'self'",
    });
    expect(policy).not.toMatch(/unsafe-eval|\*|http:/);
  });

  test("ask to stay with HTTPS only who came by it", async () => {
    expect((await request(appWith()).get("/api/thing")).headers["strict-transport-security"]).toBeUndefined();
    const claimed = await request(appWith()).get("/api/thing").set("X-Forwarded-Proto", "https");
    expect(claimed.headers["strict-transport-security"]).toBeUndefined();
    const secure = await request(appWith({ trustProxy: 1 }))
      .get("/api/thing")
      .set("X-Forwarded-Proto", "https");
    expect(secure.headers["strict-transport-security"]).toBe("max-age=15552000");
  });
});

test("before Express, too, a request comes from the last address that no trusted proxy vouches for", () => {
  const from = (trust: number | string[] | false, named?: string) => {
    const app = express();
    app.set("trust proxy", trust);
    const headers = named === undefined ? {} : { "x-forwarded-for": named };
    return addressFinder(app)({ socket: { remoteAddress: "10.0.0.1" }, headers } as unknown as IncomingMessage);
  };
  expect(from(false, "1.2.3.4")).toBe("10.0.0.1");
  expect(from(1, "9.9.9.9, 1.2.3.4")).toBe("1.2.3.4");
  expect(from(2, "9.9.9.9, 1.2.3.4")).toBe("9.9.9.9");
  expect(from(["10.0.0.0/8"], "9.9.9.9, 1.2.3.4, 10.0.0.2")).toBe("1.2.3.4");
  expect(from(["10.0.0.0/8"])).toBe("10.0.0.1");
});
