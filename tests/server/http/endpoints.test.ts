import request from "supertest";
import { beforeAll, expect, test } from "vitest";
import { mapEndpoints } from "../../../data/schema/map_endpoints.ts";
import { Problem } from "../../../data/schema/problem.ts";
import { type DemoApp, demoApp } from "../../support/demo_app.ts";

let demo: DemoApp;

beforeAll(async () => {
  demo = await demoApp();
});

/** An address of each endpoint that answers 200 in the demo community. */
const examples: Record<string, string> = {
  "/api/networks": "/api/networks",
  "/api/editions": "/api/editions",
  "/api/areas": "/api/areas?level=3",
  "/api/areas/at": "/api/areas/at?lon=121.39&lat=33.595",
  "/api/areas/:id": "/api/areas/1",
  "/api/search": "/api/search?q=1",
  "/api/registers/:register/:id": "/api/registers/buildings/1",
};

const answered = mapEndpoints.filter((endpoint) => endpoint.path in examples);

test("every JSON endpoint of the database has an example here", () => {
  const asked = mapEndpoints.filter(
    ({ method, path, response }) => method === "get" && response && path !== "/api/basemaps",
  );
  expect(asked.map((endpoint) => endpoint.path)).toEqual(answered.map((endpoint) => endpoint.path));
});

test.each(answered)("$path answers what its schema says", async ({ path, response }) => {
  const answer = await request(demo.app).get(examples[path]);
  expect(answer.status).toBe(200);
  expect(response!.safeParse(answer.body).error).toBeUndefined();
});

test.each(answered.filter((endpoint) => endpoint.others.includes(400)))(
  "$path answers nonsense with a problem of the listed kinds",
  async ({ path, others }) => {
    const place = path.replace(/:[a-z]+/g, "%00");
    for (const query of [
      "?lon=x&limit=-1&edition=0&q=&bbox=,,,&network=%F0%9F%92%A9",
      `?${"q=a&network=b&".repeat(50)}edition=1e99`,
    ]) {
      const answer = await request(demo.app).get(place + query);
      expect(others).toContain(answer.status);
      expect(Problem.safeParse(answer.body).error).toBeUndefined();
    }
  },
);
