/** What a password must be: at least this long, of three of the four classes, not common, not the account's name. */
export const shortestPassword = 8; // signs
const classesNeeded = 3;

/** Why a password is refused: too short, too few classes of signs, among those that everybody tries, holds the name. */
export const passwordFaults = ["short", "classes", "common", "name"] as const;
export type PasswordFault = (typeof passwordFaults)[number];

/** Every fault of a password, in the order of `passwordFaults`; empty = good enough. `name` is the account's. */
export function faultsOfPassword(password: string, name: string): PasswordFault[] {
  const plain = password.normalize("NFKC");
  const found: PasswordFault[] = [];
  if ([...plain].length < shortestPassword) found.push("short");
  if (classesOf(plain) < classesNeeded) found.push("classes");
  if (isCommon(plain)) found.push("common");
  if (holdsName(plain, name)) found.push("name");
  return found;
}

/** Lower case, upper case, digits, everything else (Chinese characters too). */
function classesOf(password: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
}

/** Words that passwords are made of all over the world, and in the offices of our cities. */
const commonWords = new Set(
  (
    "password passwd passw pass pwd admin administrator root super superadmin superman system sys user guest test demo " +
    "welcome welcom login letmein changeme change default secret master manager oracle server service support office " +
    "qwerty qwertyuiop qwertyui qwert qwer asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qaz qazwsx qazwsxedc wsx qweasd " +
    "qweasdzxc abc abcd abcde abcdef abcdefg aabb aa a aaa asd zxc qwe iloveyou love monkey dragon football baseball " +
    "sunshine princess shadow michael hello hunter summer winter spring autumn apple computer internet windows " +
    "huawei huaweiadmin hikvision dahua tplink inspur lenovo tencent alibaba ruoyi jeecg nacos china zhongguo " +
    "beijing shanghai woaini woaizhongguo nihao mima denglu guanliyuan xitong ceshi yonghu wangge wanggeyuan shequ " +
    "jiedao zhengwu zhengfu gongan xiaofang shuju zhihui chengshi bangong gridatlas grid atlas gis map city"
  ).split(" "),
);

/** Runs of a keyboard that count as nothing. */
const keyboardRuns =
  /(?:1qaz|2wsx|3edc|4rfv|5tgb|6yhn|qaz|wsx|edc|rfv|1q2w3e4r|1q2w3e|q1w2e3r4|q1w2e3|a1b2c3d4|a1b2c3)/g;
const lookalikes: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "0": "o",
  $: "s",
  "5": "s",
  "1": "i",
  "!": "i",
  "3": "e",
};
const fewestSigns = 5; // different ones

/**
 * Whether it is among those that are tried first: a common word dressed up with digits and signs (Admin@123,
 * P@ssw0rd, Qwer1234!), a run of the keyboard, or the same few signs over and over.
 */
function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size < fewestSigns) return true;
  // a letter in disguise stands among letters: P@ssw0rd; the 123 at the end is none
  const unmasked = lower.replace(/(?<=[a-z])[@40$51!3]+(?=[a-z])/g, (run) =>
    [...run].map((sign) => lookalikes[sign] ?? sign).join(""),
  );
  return [lower, unmasked, lower.replace(keyboardRuns, "")].some((form) => isDressedWord(form));
}

/** A common word and nothing but digits and signs of few kinds around it. */
function isDressedWord(form: string): boolean {
  const word = form.replace(/[^\p{L}]/gu, "");
  return word === "" || commonWords.has(word);
}

function holdsName(password: string, name: string): boolean {
  if (name.length < 3) return false;
  const lower = password.toLowerCase();
  return lower.includes(name.toLowerCase());
}
