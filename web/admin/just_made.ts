import type { AccountWithPassword } from "../../data/schema/account.ts";

/** A password that was just made, and whose. Kept outside of every cache. */
let justMade: AccountWithPassword | null = null;

/** Hands the first password of a new account to the panel of that account. */
export function handOverPassword(account: AccountWithPassword): void {
  justMade = account;
}

/** The password that was handed over to the panel of this account, if one was. */
export function passwordFor(id: string): AccountWithPassword | null {
  return justMade?.id === id ? justMade : null;
}

export function forgetPassword(): void {
  justMade = null;
}
