import { useState } from "react";
import type { Mend } from "../../data/schema/check.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import { formatCount, formatDecimal, formatDistance, formatSurface } from "../../data/vocabulary/format.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { useVoice } from "./use_check.ts";

const acts: Readonly<Record<Mend["act"], Wording>> = {
  give: checkWords.mend_give,
  keep: checkWords.mend_keep,
  cut_off: checkWords.mend_cut_off,
};

/** Ways to heal a fault with what would come of each. Nothing is applied from here. */
export function Mends({ mends }: { mends: readonly Mend[] }) {
  const speak = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? mends : mends.slice(0, 1);
  return (
    <div className="mends">
      <h4>{speak(checkWords.mends)}</h4>
      <ol>
        {shown.map((mend, index) => (
          <li key={`${mend.act} ${mend.area.id}`}>
            <MendLine mend={mend} isFirst={index === 0} />
          </li>
        ))}
      </ol>
      {mends.length > 1 && (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? speak(checkWords.fold) : speak(checkWords.mends_more, { count: mends.length - 1 })}
        </button>
      )}
      <p className="note">{speak(checkWords.mends_note)}</p>
    </div>
  );
}

function MendLine({ mend, isFirst }: { mend: Mend; isFirst: boolean }) {
  const speak = useWords();
  const { name } = useVoice();
  return (
    <>
      <p className="mend-act">
        <span className="mend-name">{speak(acts[mend.act], { area: name(mend.area.short_name) })}</span>
        {isFirst && <span className="mend-first">{speak(checkWords.suggested)}</span>}
        {mend.border_m > 0 && (
          <span className="note">{speak(checkWords.mend_border, { length: formatDistance(mend.border_m) })}</span>
        )}
      </p>
      {mend.changes.length > 0 && <Changes changes={mend.changes} />}
    </>
  );
}

function Changes({ changes }: Pick<Mend, "changes">) {
  const speak = useWords();
  const language = useLanguage();
  // To the hundredth of a hectare: what faults cover would vanish in tenths.
  const surface = (areaM2: number) => formatDecimal(areaM2 / 10_000, 2);
  const { unit } = formatSurface(0, "grid", language);
  return (
    <table className="mend-table">
      <TableHead
        columns={[
          speak(checkWords.column_area),
          `${speak(checkWords.column_surface)} ${unit}`,
          speak(checkWords.column_households),
          speak(checkWords.column_people),
          { name: speak(checkWords.fits), spoken: true },
        ]}
      />
      <tbody>
        {changes.map(({ area, before, after, fits }) => (
          <tr key={area.id}>
            <th scope="row">
              <ShortName text={area.short_name} />
            </th>
            <Change before={surface(before.area_m2)} after={surface(after.area_m2)} />
            <Change before={formatCount(before.households)} after={formatCount(after.households)} />
            <Change before={formatCount(before.people)} after={formatCount(after.people)} />
            <td className={fits === false ? "mend-fits-not" : "mend-fits"}>
              {fits !== null && (
                <span role="img" aria-label={speak(fits ? checkWords.fits : checkWords.fits_not)}>
                  {fits ? "✓" : "▲"}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 「118 → 121」; what stays the same is said once. */
function Change({ before, after }: { before: string; after: string }) {
  const speak = useWords();
  if (before === after) return <td>{after}</td>;
  return (
    <td>
      <span className="spoken">{speak(checkWords.before)} </span>
      <span className="mend-before">{before}</span>
      <span aria-hidden="true"> → </span>
      <span className="spoken">{speak(checkWords.after)} </span>
      <span className="mend-after">{after}</span>
    </td>
  );
}
