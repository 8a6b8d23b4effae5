import type { Reader } from "../access/reader.ts";

/** Whose file it is, for good: stands in every row, so that no part of it loses it. */
export interface Watermark {
  account: string;
  name: string;
  /** ISO 8601. */
  time: string;
  /** Of the request in the log and in the audit. */
  reference: string;
}

export function watermarkOf({ account, reference }: Reader, now: Date): Watermark {
  return {
    account: account?.name ?? "public",
    name: account?.display_name ?? "公众",
    time: now.toISOString(),
    reference,
  };
}

export function watermarkText({ account, name, time, reference }: Watermark): string {
  return `${name} (${account}) ${time} ${reference}`;
}
