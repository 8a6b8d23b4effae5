import type { GrantFact } from "../../data/schema/session.ts";
import { readerWords, roleNames } from "../../data/vocabulary/access_words.ts";
import { type Language, say } from "../../data/vocabulary/language.ts";

/** 「网格员 慧泽03」, 「安全管理员 全域」: one grant in a few words; `write` puts names into the letters of the reader. */
export function wordGrant(grant: GrantFact, language: Language, write: (name: string) => string): string {
  const role = say(roleNames[grant.role], language);
  const place = grant.area ? write(grant.area.short_name) : say(readerWords.everywhere, language);
  const organisation = grant.organisation ? `（${write(grant.organisation.name)}）` : "";
  return `${role} · ${place}${language === "en" ? organisation.replace("（", " (").replace("）", ")") : organisation}`;
}

/** Grants in one line, those of one role together: 「网格员 · 慧泽03、慧泽04」. */
export function wordGrants(grants: readonly GrantFact[], language: Language, write: (name: string) => string): string {
  const comma = language === "en" ? ", " : "、";
  const roles = [...new Set(grants.map(({ role }) => role))];
  return roles
    .map((role) => {
      const places = grants
        .filter((grant) => grant.role === role && grant.area)
        .map(({ area }) => write(area!.short_name));
      const name = say(roleNames[role], language);
      return places.length > 0 ? `${name} · ${[...new Set(places)].join(comma)}` : name;
    })
    .join(language === "en" ? "; " : "；");
}
