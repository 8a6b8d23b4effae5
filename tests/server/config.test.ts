import { expect, test } from "vitest";
import { ConfigError, readConfig } from "../../server/config.ts";

test("without any setting there is a default that works", () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    host: "127.0.0.1",
    port: 8080,
    demo: "district",
    data_dir: ".grid-atlas",
    basemaps: [],
  });
  expect(config.database_url).toBeUndefined();
});

test("an empty variable counts as not set", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "" })).toEqual(readConfig({}));
});

test("a setting that cannot be read is named with what it may be", () => {
  expect(() => readConfig({ DEMO: "village" })).toThrow(/DEMO.*village.*community/s);
  expect(() => readConfig({ PORT: "99999" })).toThrow(/PORT/);
  expect(() => readConfig({ TZ_NAME: "Mars/Olympus" })).toThrow(/TZ_NAME/);
});

test("all bad settings are told at once", () => {
  expect(() => readConfig({ PORT: "x", DEMO: "y" })).toThrow(/PORT[\s\S]*DEMO|DEMO[\s\S]*PORT/);
});

test("a setting that may hold a password is not repeated", () => {
  const secret = "mysql://admin:geheim@db/atlas";
  expect(() => readConfig({ DATABASE_URL: secret })).toThrow(ConfigError);
  expect(() => readConfig({ DATABASE_URL: secret })).not.toThrow(/geheim/);
});

test("a basemap that could never be fetched or chosen is refused", () => {
  const basemap = {
    id: "sky",
    name: "天",
    url: "https://maps.example/tile",
    datum: "CGCS2000",
    attribution: "天",
    approval_number: "",
  };
  expect(() => readConfig({ BASEMAPS: JSON.stringify([basemap]) })).toThrow(/BASEMAPS.*\{z\}/s);
  const usable = { ...basemap, url: "https://maps.example/{z}/{x}/{y}?tk=geheim" };
  expect(readConfig({ BASEMAPS: JSON.stringify([usable]) }).basemaps).toHaveLength(1);
  expect(() => readConfig({ BASEMAPS: JSON.stringify([usable, usable]) })).toThrow(/BASEMAPS.*one id/s);
  const local = { ...usable, url: "file:///{z}/{x}/{y}?tk=geheim" };
  expect(() => readConfig({ BASEMAPS: JSON.stringify([local]) })).toThrow(/^(?!.*geheim).*BASEMAPS.*URL/s);
  expect(() => readConfig({ BASEMAPS: "{" })).toThrow(/BASEMAPS.*JSON/s);
});

test("only origins may frame pages, only proxies that are named are believed", () => {
  expect(readConfig({ FRAME_ORIGINS: "https://portal.example, http://oa.local:8000" }).frame_origins).toEqual([
    "https://portal.example",
    "http://oa.local:8000",
  ]);
  for (const wrong of ["*", "https://portal.example/", "https://*.example", "portal.example", "https://a.example;b"]) {
    expect(() => readConfig({ FRAME_ORIGINS: wrong }), wrong).toThrow(/FRAME_ORIGINS/);
  }
  expect(readConfig({ TRUST_PROXY: "1" }).trust_proxy).toBe(1);
  expect(() => readConfig({ TRUST_PROXY: "true" })).toThrow(/TRUST_PROXY/);
});

test("a certificate needs its key", () => {
  expect(readConfig({ TLS_CERT: "a.crt", TLS_KEY: "a.key" }).tls).toEqual({ cert: "a.crt", key: "a.key" });
  expect(readConfig({}).tls).toBeUndefined();
  expect(() => readConfig({ TLS_CERT: "a.crt" })).toThrow(/TLS_KEY/);
  expect(() => readConfig({ TLS_KEY: "a.key" })).toThrow(/TLS_CERT/);
});
