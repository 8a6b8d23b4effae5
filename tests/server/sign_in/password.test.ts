import fc from "fast-check";
import { expect, test } from "vitest";
import { HashQueue } from "../../../server/sign_in/hash_queue.ts";
import { hashPassword, isPasswordOf } from "../../../server/sign_in/password_hash.ts";

test("a password is right for its own hash only, and full-width signs count as plain ones", async () => {
  const hash = await hashPassword("Abc-12345");
  expect(hash).toMatch(/^scrypt\$32768\$8\$1\$[\w+/=]+\$[\w+/=]+$/);
  expect(await isPasswordOf("Abc-12345", hash)).toBe(true);
  expect(await isPasswordOf("Ａbc－12345", hash)).toBe(true);
  expect(await isPasswordOf("Abc-12346", hash)).toBe(false);
  expect(await hashPassword("Abc-12345")).not.toBe(hash);
});

test("a hash of other costs is compared with its own costs", async () => {
  const cheap = await hashPassword("Abc-12345", { N: 1024, r: 8, p: 1 });
  expect(await isPasswordOf("Abc-12345", cheap)).toBe(true);
});

test("a name that does not exist is never right", async () => {
  expect(await isPasswordOf("", null)).toBe(false);
  expect(await isPasswordOf("Abc-12345", null)).toBe(false);
});

test("a hash that is none of ours is our mistake", async () => {
  await expect(isPasswordOf("Abc-12345", "$2b$10$abcdef")).rejects.toThrow();
});

test("never more work runs at once than allowed, and every turn that was given is worked off", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.boolean(), { maxLength: 20 }),
      async (atOnce, waiting, works) => {
        const queue = new HashQueue({ atOnce, waiting });
        let running = 0;
        let most = 0;
        const turns = works.map(() => queue.take());
        const given = turns.filter((turn) => turn !== null);
        expect(given.length).toBe(Math.min(works.length, atOnce + waiting));
        const results = await Promise.allSettled(
          given.map(async (turn, n) => {
            try {
              await turn.run(async () => {
                most = Math.max(most, ++running);
                await new Promise((go) => setImmediate(go));
                running--;
                if (!works[n]) throw new Error("a work that fails");
              });
            } finally {
              turn.leave();
              turn.leave();
            }
          }),
        );
        expect(most).toBeLessThanOrEqual(atOnce);
        expect(results.map(({ status }) => status === "fulfilled")).toEqual(works.slice(0, given.length));
        expect(queue.take()).not.toBeNull();
      },
    ),
  );
});
