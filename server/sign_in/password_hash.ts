import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** What one hash costs; 32 MB of memory and about 80 ms of one core. Read from the hash, so that it can be raised. */
export interface HashCost {
  N: number;
  r: number;
  p: number;
}

const standardCost: HashCost = { N: 2 ** 15, r: 8, p: 1 };
const mostMemory = 160 * 1024 * 1024; // bytes for one hash; a hash that asks for more was not made here
const keyLength = 32; // bytes
const saltLength = 16; // bytes

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64. Full-width signs of an input method count as plain ones. */
export async function hashPassword(password: string, cost: HashCost = standardCost): Promise<string> {
  const salt = randomBytes(saltLength);
  const key = await derive(password, salt, keyLength, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), key.toString("base64")].join("$");
}

/**
 * Whether the password is that of the hash, in the same time whether or not it is.
 * @param hash - null for names that do not exist: takes as long and is never right
 * @throws Error on a hash that was not made here: our mistake
 */
export async function isPasswordOf(password: string, hash: string | null): Promise<boolean> {
  const { cost, salt, key } = readHash(hash ?? nobody);
  const derived = await derive(password, salt, key.length, cost);
  return timingSafeEqual(derived, key) && hash !== null;
}

/** A hash of nothing that anybody knows, for names that do not exist. */
const nobody = [
  "scrypt",
  standardCost.N,
  standardCost.r,
  standardCost.p,
  randomBytes(saltLength).toString("base64"),
  randomBytes(keyLength).toString("base64"),
].join("$");

function readHash(hash: string): { cost: HashCost; salt: Buffer; key: Buffer } {
  const [kind, N, r, p, salt, key] = hash.split("$");
  if (kind !== "scrypt" || !salt || !key) throw new Error("A stored password is no hash of ours");
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64"),
    key: Buffer.from(key, "base64"),
  };
}

function derive(password: string, salt: Buffer, length: number, cost: HashCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, length, { ...cost, maxmem: mostMemory }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
