import { useEffect, useRef } from "react";
import { grantedRoles, type GrantedRole } from "../../data/access/roles.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import { readerWords, roleNames } from "../../data/vocabulary/access_words.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { Icon } from "../ui/icons.tsx";
import { PlaceName } from "../ui/place_name.tsx";
import { useFocusBack } from "../ui/use_focus_back.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { SelectField } from "../ui/select_field.tsx";
import { type AccountDraft, type GrantDraft, needsArea, newGrant, withSuccessors } from "./account_draft.ts";
import type { AreaRequest } from "./area_picker.tsx";
import { OrganisationField } from "./organisation_field.tsx";

/** A wall screen is paired, not given to a person. */
const personRoles = grantedRoles.filter((role) => role !== "wall");

interface Props {
  draft: AccountDraft;
  onChange: (draft: AccountDraft) => void;
  picking: string | null;
  onPickArea: (request: AreaRequest | null) => void;
  readOnly?: boolean;
}

/** Grants as rows: role × area × organisation. Areas are picked on the map beside the panel. */
export function GrantRows({ draft, onChange, picking, onPickArea, readOnly = false }: Props) {
  const speak = useWords();
  // The map answers later, when the draft may have changed.
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  const change = (row: number, part: Partial<GrantDraft>) =>
    onChange({
      ...latest.current,
      grants: latest.current.grants.map((grant) => (grant.row === row ? { ...grant, ...part } : grant)),
    });
  const pick = (grant: GrantDraft) =>
    onPickArea({
      key: `grant-${grant.row}`,
      title: speak(adminWords.pick_for, { role: speak(roleNames[grant.role]) }),
      start: grant.retired ? (grant.successors[0] ?? null) : grant.area,
      onPick: (area) => change(grant.row, { area, retired: false, successors: [] }),
    });
  const add = () => {
    const grant = newGrant("worker");
    onChange({ ...draft, grants: [...draft.grants, grant] });
  };
  return (
    <section className="grants" aria-label={speak(adminWords.grants)}>
      <h3>{speak(adminWords.grants)}</h3>
      <ul>
        {draft.grants.map((grant) => (
          <li key={grant.row} className="grant" data-picking={picking === `grant-${grant.row}`}>
            <div className="grant-head">
              <SelectField
                label={speak(adminWords.role)}
                value={grant.role}
                disabled={readOnly}
                bare
                onValue={(role) => change(grant.row, roleChange(grant, role as GrantedRole))}
                options={personRoles.map((role) => [role, speak(roleNames[role])])}
              />
              {!readOnly && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={speak(adminWords.grant_remove, { role: speak(roleNames[grant.role]) })}
                  onClick={() => {
                    if (picking === `grant-${grant.row}`) onPickArea(null);
                    onChange({ ...draft, grants: draft.grants.filter(({ row }) => row !== grant.row) });
                  }}
                >
                  <Icon name="close" size={16} />
                </button>
              )}
            </div>
            {needsArea(grant.role) ? (
              <>
                <AreaButton
                  grant={grant}
                  isPicking={picking === `grant-${grant.row}`}
                  readOnly={readOnly}
                  onPick={() => pick(grant)}
                />
                {grant.retired && (
                  <Retired
                    grant={grant}
                    readOnly={readOnly}
                    onReplace={(areas) => onChange(withSuccessors(draft, grant.row, areas))}
                  />
                )}
                <OrganisationField
                  value={grant.organisation}
                  readOnly={readOnly}
                  onValue={(organisation) => change(grant.row, { organisation })}
                />
              </>
            ) : (
              <p className="note">{speak(adminWords.grant_everywhere)}</p>
            )}
          </li>
        ))}
      </ul>
      {draft.grants.length === 0 && <p className="note">{speak(adminWords.grants_none)}</p>}
      {!readOnly && draft.grants.length < 50 && (
        <button type="button" className="button grant-add" onClick={add}>
          <Icon name="plus" size={16} />
          {speak(adminWords.grant_add)}
        </button>
      )}
    </section>
  );
}

/** An administrator holds everywhere: area and organisation go. */
function roleChange(grant: GrantDraft, role: GrantedRole): Partial<GrantDraft> {
  return needsArea(role)
    ? { role }
    : { ...grant, role, area: null, organisation: null, retired: false, successors: [] };
}

interface AreaButtonProps {
  grant: GrantDraft;
  isPicking: boolean;
  readOnly: boolean;
  onPick: () => void;
}

function AreaButton({ grant, isPicking, readOnly, onPick }: AreaButtonProps) {
  const speak = useWords();
  const button = useFocusBack(isPicking);
  if (readOnly) return <p>{grant.area ? <PlaceName text={grant.area.name} /> : speak(readerWords.everywhere)}</p>;
  return (
    <button
      type="button"
      ref={button}
      className={grant.area ? "button grant-area" : "button grant-area grant-area-missing"}
      aria-pressed={isPicking}
      onClick={onPick}
    >
      <Icon name="map" size={18} />
      {grant.area && <span className="spoken">{speak(adminWords.grant_area)}</span>}
      <span className="grant-area-name">
        {grant.area ? <PlaceName text={grant.area.name} /> : speak(adminWords.grant_area_choose)}
      </span>
      {grant.area && <span className="grant-area-code">{grant.area.code}</span>}
    </button>
  );
}

interface RetiredProps {
  grant: GrantDraft;
  readOnly: boolean;
  onReplace: (areas: AreaRef[]) => void;
}

/** The area of a grant was retired: what came after it, one click each, and all of it together. */
function Retired({ grant, readOnly, onReplace }: RetiredProps) {
  const speak = useWords();
  const romanise = useRomanise();
  const { successors } = grant;
  return (
    <div className="warning-note">
      <p>▲ {speak(successors.length > 0 ? adminWords.grant_retired : adminWords.grant_no_successor)}</p>
      {!readOnly && successors.length > 0 && (
        <div className="form-buttons">
          {successors.map((area) => (
            <button key={area.id} type="button" className="button" onClick={() => onReplace([area])}>
              {romanise(area.short_name)}
            </button>
          ))}
          {successors.length > 1 && (
            <button type="button" className="button" onClick={() => onReplace(successors)}>
              {speak(adminWords.grant_all_successors)}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
