import { useState } from "react";
import type { AreaDetail, AreaStaff } from "../../data/schema/area.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { PlaceName } from "../ui/place_name.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { Section } from "./area_links.tsx";
import { ContactLines } from "./contact_lines.tsx";
import { nameOf } from "./switches.tsx";
import { useEditionChoice } from "./use_network.ts";

/** How many people are shown before the reader asks for the rest. */
const fewPeople = 4;

/** Who answers for the area: portrait, name, duty. A grid without a leader says so. */
export function AreaPeople({ area }: { area: AreaDetail }) {
  const speak = useWords();
  const [all, setAll] = useState(false);
  const isGrid = area.role === "grid" || area.role === "sub";
  const { edition } = useEditionChoice(area.network);
  // Who answered for it then is not told: those of today are, and a grid that is no more has none.
  const isOld = edition !== undefined;
  const isVacant = isGrid && !isOld && !area.staff.some((member) => member.duty.code === "leader");
  if (area.staff.length === 0 && (isOld || !isGrid)) return null;
  const shown = all ? area.staff : area.staff.slice(0, fewPeople);
  const rest = area.staff.length - fewPeople;
  return (
    <Section title={speak(isOld ? panoramaWords.staff_today : panoramaWords.staff)}>
      {isVacant && (
        <p className="person-vacant">
          <span aria-hidden="true">▲</span> {speak(panoramaWords.staff_vacant_leader)}
        </p>
      )}
      <ul className="people">
        {shown.map((member) => (
          <Person key={`${member.id}-${member.duty.code}`} member={member} here={area.id} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="link link-quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? speak(panoramaWords.show_fewer) : speak(panoramaWords.staff_more, { count: rest })}
        </button>
      )}
    </Section>
  );
}

function Person({ member, here }: { member: AreaStaff; here: string }) {
  const speak = useWords();
  const language = useLanguage();
  const romanise = useRomanise();
  const duty = nameOf(member.duty, language);
  const area = romanise(member.area.short_name);
  const elsewhere = member.area.id === here ? "" : speak(panoramaWords.staff_of, { area });
  const organisation = romanise(member.organisation ?? "");
  return (
    <li className="person">
      {member.portrait ? (
        <img className="portrait" src={member.portrait} alt="" width={44} height={44} loading="lazy" />
      ) : (
        <span className="portrait portrait-letter" aria-hidden="true">
          {member.name.slice(0, 1)}
        </span>
      )}
      <div>
        <p className="person-name">
          <PlaceName text={member.name} kind="person" />
        </p>
        <p className="person-duty">{[duty, elsewhere, organisation].filter(Boolean).join(" · ")}</p>
        <ContactLines contacts={member.contacts} owner={member.name} />
      </div>
    </li>
  );
}
