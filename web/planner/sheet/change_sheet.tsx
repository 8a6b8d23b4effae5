import type { ReactNode } from "react";
import { compareWords } from "../../../data/vocabulary/compare_words.ts";
import { formatMoment } from "../../../data/vocabulary/format.ts";
import type { Wording } from "../../../data/vocabulary/language.ts";
import { planStatusNames, plannerWords } from "../../../data/vocabulary/planner_words.ts";
import { useRomanise } from "../../ui/use_romanised.ts";
import { useWords } from "../../ui/use_words.ts";
import { LineageTable } from "../lineage_table.tsx";
import { FiguresTable } from "./figures_table.tsx";
import type { SheetFacts } from "./read_sheet.ts";
import { StaffTable } from "./staff_table.tsx";
import { SheetMap } from "./sheet_map.tsx";
import { SheetWarnings } from "./sheet_warnings.tsx";

/** The sheet itself: A4, black on white whatever the theme. */
export function ChangeSheet({ facts }: { facts: SheetFacts }) {
  const speak = useWords();
  const { plan, check, difference } = facts;
  const hasBase = plan.base_edition !== null;
  return (
    <article className="change-sheet">
      <header>
        <h2>{speak(compareWords.sheet_title)}</h2>
        <p className="change-sheet-plan">{plan.name}</p>
      </header>
      <PlanFacts facts={facts} />
      {check.faults.length > 0 && (
        <p className="change-sheet-faults">■ {speak(compareWords.sheet_faults, { count: check.faults.length })}</p>
      )}
      {hasBase && difference.rows.length === 0 && <p>{speak(compareWords.sheet_no_change)}</p>}
      <Maps facts={facts} />
      {difference.lineage.length > 0 && (
        <Part name={compareWords.lineage}>
          <LineageTable rows={difference.lineage} />
        </Part>
      )}
      {difference.rows.length > 0 && (
        <Part name={compareWords.sheet_figures}>
          <FiguresTable rows={difference.rows} check={check} />
        </Part>
      )}
      {check.staff.length > 0 && (
        <Part name={compareWords.sheet_staff}>
          <StaffTable staff={check.staff} />
        </Part>
      )}
      <Part name={compareWords.sheet_warnings}>
        <SheetWarnings plan={plan} warnings={check.warnings} />
      </Part>
      <Signatures />
      <footer>
        {plan.status === "published" && <p>{speak(compareWords.sheet_as_printed)}</p>}
        <p>{speak(compareWords.sheet_note)}</p>
      </footer>
    </article>
  );
}

function Part({ name, children }: { name: Wording; children: ReactNode }) {
  const speak = useWords();
  return (
    <section>
      <h3>{speak(name)}</h3>
      {children}
    </section>
  );
}

function PlanFacts({ facts: { plan, at } }: { facts: SheetFacts }) {
  const speak = useWords();
  const romanise = useRomanise();
  const person = (who: { display_name: string } | null) => (who ? romanise(who.display_name, "person") : "—");
  const lines: (readonly [Wording, string])[] = [
    [
      compareWords.sheet_area,
      plan.area
        ? `${romanise(plan.area.name)} ${plan.area.code}`
        : speak(plannerWords.whole_network, { network: plan.network_name }),
    ],
    [compareWords.sheet_status, speak(planStatusNames[plan.status])],
    [compareWords.sheet_base, plan.base_edition === null ? "—" : String(plan.base_edition)],
    [compareWords.sheet_edition, plan.edition === null ? speak(compareWords.sheet_edition_open) : String(plan.edition)],
    [compareWords.sheet_day, plan.from_day ?? "—"],
    [compareWords.sheet_revision, `v${plan.revision}`],
    [compareWords.sheet_author, person(plan.author)],
    [compareWords.sheet_submitted, person(plan.submitted_by)],
    [compareWords.sheet_approved, person(plan.approved_by)],
    [compareWords.sheet_made, formatMoment(at).slice(0, 16)],
  ];
  return (
    <dl className="change-sheet-facts">
      {lines.map(([name, value]) => (
        <div key={name[1]}>
          <dt>{speak(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Maps({ facts: { plan, difference, before, after, box, ground } }: { facts: SheetFacts }) {
  const speak = useWords();
  if (!box) return null;
  const idsOf = (areas: readonly { id: string }[]) => new Set(areas.map(({ id }) => id));
  const moved = difference.moved.map(({ polygons }) => polygons);
  const titles = [
    speak(compareWords.sheet_map_before, { edition: plan.base_edition ?? "" }),
    speak(compareWords.sheet_map_after),
  ];
  return (
    <Part name={compareWords.sheet_maps}>
      <div className="change-sheet-maps">
        {plan.base_edition !== null && (
          <figure>
            <figcaption>{titles[0]}</figcaption>
            <SheetMap
              {...{ areas: before, changed: idsOf(difference.before), moved: [], ground, box }}
              label={titles[0]!}
            />
          </figure>
        )}
        <figure>
          <figcaption>{titles[1]}</figcaption>
          <SheetMap {...{ areas: after, changed: idsOf(difference.after), moved, ground, box }} label={titles[1]!} />
        </figure>
      </div>
      <p className="change-sheet-small">{speak(compareWords.sheet_legend)}</p>
    </Part>
  );
}

function Signatures() {
  const speak = useWords();
  const lines = [
    [compareWords.sheet_drawer, compareWords.sheet_date],
    [compareWords.sheet_approver, compareWords.sheet_date],
  ] as const;
  return (
    <div className="change-sheet-signatures">
      {lines.map(([who, when]) => (
        <p key={who[1]}>
          {speak(who)}
          <span className="change-sheet-rule" />
          {speak(when)}
          <span className="change-sheet-rule change-sheet-rule-short" />
        </p>
      ))}
    </div>
  );
}
