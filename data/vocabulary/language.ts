/** The two languages of every screen and sheet, the first one first. Values are BCP 47 tags, as in `lang=` and `<html lang>`. */
export const languages = ["zh-CN", "en"] as const;
export type Language = (typeof languages)[number];

/** One thing said in both languages; `{name}` marks a value to be filled in. */
export type Wording = readonly [zh: string, en: string];

/** A table of wordings; its keys are the typed keys that screens and prints use. */
export type Words = Readonly<Record<string, Wording>>;

/** True for a tag that we speak. */
export function isLanguage(tag: unknown): tag is Language {
  return languages.some((language) => language === tag);
}

/**
 * The words of one language, with `{name}` replaced from `values`.
 * A value that is missing stays visible as `{name}`, so that a test or a reader sees it.
 */
export function say(wording: Wording, language: Language, values: Record<string, string | number> = {}): string {
  const text = wording[language === "zh-CN" ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/**
 * The wording of a code from a dictionary that may have grown without us: an unknown code is shown as it is.
 *
 * @param words - a dictionary such as `buildingUses`
 * @param code - a value from the database
 */
export function sayCode(words: Words, code: string, language: Language): string {
  const wording = Object.hasOwn(words, code) ? words[code] : undefined;
  return wording ? say(wording, language) : code;
}
