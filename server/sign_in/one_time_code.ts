import { Secret, TOTP } from "otpauth";

const period = 30; // seconds
const neighbours = 1; // steps before and after that still count: clocks differ, fingers are slow

/** A new secret, base32. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the app reads as a picture. */
export function uriOf(secret: string, accountName: string): string {
  return totp(secret, accountName).toString();
}

/**
 * The time step that the code is for; null: wrong, or of a step not after `lastStep`, so that a code that was seen or
 * given once is of no use.
 * @param now - ms since 1970
 */
export function stepOfCode(
  secret: string,
  code: string,
  { now, lastStep }: { now: number; lastStep: number },
): number | null {
  const delta = totp(secret, "").validate({ token: code, timestamp: now, window: neighbours });
  if (delta === null) return null;
  const step = Math.floor(now / 1000 / period) + delta;
  return step > lastStep ? step : null;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: "Grid Atlas", label, secret: Secret.fromBase32(secret), digits: 6, period });
}
