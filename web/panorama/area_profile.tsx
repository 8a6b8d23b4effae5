import { type FigureVerdict, judgeProfile } from "../../data/checks/judge_profile.ts";
import type { AreaDetail } from "../../data/schema/area.ts";
import { formatCount, formatRange } from "../../data/vocabulary/format.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useWords } from "../ui/use_words.ts";
import { Section } from "./area_links.tsx";

/** The limits that hold for the area, whether it keeps them, and where they come from. */
export function AreaProfile({ area }: { area: AreaDetail }) {
  const speak = useWords();
  if (!area.profile) return null;
  const verdict = judgeProfile(area.profile, area.counts);
  if (verdict.figures.length === 0) return null;
  const joint = ` ${speak(area.profile.joined === "and" ? panoramaWords.profile_and : panoramaWords.profile_or)} `;
  return (
    <Section title={speak(panoramaWords.profile)}>
      <p className={verdict.inside ? "verdict verdict-inside" : "verdict verdict-outside"}>
        <span aria-hidden="true">{verdict.inside ? "✓" : "▲"}</span>
        <span>
          {speak(verdict.inside ? panoramaWords.profile_inside : panoramaWords.profile_outside)}
          {" · "}
          {verdict.figures.map((figure) => describeLimits(figure, speak)).join(joint)}
          {!verdict.inside && verdict.figures.map((figure) => describeMiss(figure, speak)).join("")}
        </span>
      </p>
      <p className="note">
        {area.profile.name} · {speak(panoramaWords.profile_source, { source: area.profile.source })}
      </p>
    </Section>
  );
}

function describeLimits({ what, limits }: FigureVerdict, speak: ReturnType<typeof useWords>): string {
  const range = formatRange(...limits) ?? "";
  return speak(what === "households" ? panoramaWords.profile_households : panoramaWords.profile_people, { range });
}

/** 「，多 112」; nothing for a figure inside its limits. */
function describeMiss({ what, off }: FigureVerdict, speak: ReturnType<typeof useWords>): string {
  if (off === 0) return "";
  const count = formatCount(Math.abs(off));
  const unit = what === "households" ? panoramaWords.households : panoramaWords.people;
  const words = off > 0 ? panoramaWords.profile_over : panoramaWords.profile_under;
  return ` · ${speak(words, { count: `${count} ${speak(unit)}` })}`;
}
