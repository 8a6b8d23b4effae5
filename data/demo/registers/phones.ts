/**
 * Phones that cannot be anyone's: 11 digits beginning with 129.
 *
 * In China's numbering plan a subscriber's mobile number begins with 13 to 19, a landline with 0 (area code) or
 * 2 to 8; what begins with 10, 11 or 12 is a service number of three to eight digits, never a subscriber's.
 * No service has 129, and no emergency number (110, 119, 120, 122) begins this one.
 */
const unusedPhonePrefix = "129";

/**
 * @param division - 6 digits of the district; the last two keep the districts of a city apart
 * @param serial - below a million; each gives another number, neighbours look unlike
 */
export function makePhone(division: string, serial: number): string {
  const scattered = (serial * 387_420_489 + 271_828) % 1_000_000; // the factor shares no divisor with a million
  return unusedPhonePrefix + division.slice(4) + String(scattered).padStart(6, "0");
}

export function isImpossiblePhone(phone: string): boolean {
  return /^129\d{8}$/.test(phone);
}
