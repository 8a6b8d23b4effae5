import { defineConfig } from "vitest/config";

/** The pages in Chromium, on the real server: one city for all files, one file after the other. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["tests/e2e/**/*.test.ts"],
    globalSetup: [new URL("city_server.ts", import.meta.url).pathname],
    pool: "forks",
    maxWorkers: 1,
    // Chromium draws in software on cores that others use too: what fails once is asked again, what fails twice is wrong.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
