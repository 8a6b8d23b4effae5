const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // GB 32100-2015: no I, O, S, V, Z
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]; // GB 11714-1997

/**
 * Authority and class that no registry gives out: GB 32100 knows the authorities 1–9, A, N and Y only.
 * With a county-level division that does not exist, no real code can begin like this.
 */
export const unusedCreditPrefix = "X1";

/**
 * The 18 characters of a unified social credit code (GB 32100-2015): authority and class, division,
 * organisation code with its own check character (GB 11714), check character.
 * @param division - 6 digits
 * @param serial - below 1e8; one code each
 */
export function makeCreditCode(division: string, serial: number): string {
  const organisation = String(serial).padStart(8, "0");
  const body = unusedCreditPrefix + division + organisation + organisationCheck(organisation);
  return body + creditCheck(body);
}

/** Whether the last character is the check character of the 17 before it. */
export function isCreditCode(code: string): boolean {
  return /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) && creditCheck(code.slice(0, 17)) === code[17];
}

function creditCheck(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31]!;
}

function organisationCheck(digits: string): string {
  let sum = 0;
  for (let at = 0; at < 8; at++) sum += Number(digits[at]) * organisationWeights[at]!;
  const rest = 11 - (sum % 11);
  return rest === 11 ? "0" : rest === 10 ? "X" : String(rest);
}
