import { type FormEvent, useState } from "react";
import type { DraftArea } from "../../data/division/draft.ts";
import type { PlanProfile } from "../../data/schema/plan.ts";
import { formatRange } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { refusalWords } from "../../data/vocabulary/tool_words.ts";
import { TextField } from "../ui/text_field.tsx";
import { type Speak, useWords } from "../ui/use_words.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { SelectField } from "../ui/select_field.tsx";

/** Limits that areas may be given, and the attributes of the one that is selected. */
export function RulesTab() {
  const speak = useWords();
  const profiles = usePlanner((state) => state.profiles);
  const draft = usePlanner((state) => state.draft);
  const version = usePlanner((state) => state.version);
  const id = usePlanner(({ selection }) => selection.at(-1) ?? null);
  const area = id === null ? undefined : draft.area(id);
  return (
    <div className="plan-rules">
      {area ? (
        <Attributes key={`${area.id} ${version}`} area={area} />
      ) : (
        <p className="plan-empty">{speak(plannerWords.rules_choose)}</p>
      )}
      <details open>
        <summary>{speak(plannerWords.rules_profile)}</summary>
        {profiles.length === 0 && <p className="note">{speak(plannerWords.rules_none)}</p>}
        <ul className="plan-profiles">
          {profiles.map((profile) => (
            <li key={profile.id}>
              <b>{profile.name}</b>
              <span>{describe(profile, speak)}</span>
              <span className="note">{profile.source}</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function describe({ households, people, joined }: PlanProfile, speak: Speak): string {
  const [homes, heads] = [formatRange(...households), formatRange(...people)];
  const parts = [
    homes && speak(plannerWords.range, { range: homes }),
    heads && `${heads} ${speak(plannerWords.people)}`,
  ].filter(Boolean);
  const both =
    parts.length === 2 ? ` · ${speak(joined === "and" ? plannerWords.rules_and : plannerWords.rules_or)}` : "";
  return parts.length > 0 ? `${parts.join(speak(["，", ", "]))}${both}` : speak(plannerWords.rules_none);
}

function Attributes({ area }: { area: DraftArea }) {
  const speak = useWords();
  const store = usePlannerStore();
  const locked = usePlanner((state) => state.locked);
  const profiles = usePlanner((state) => state.profiles);
  const [name, setName] = useState(area.name);
  const [short, setShort] = useState(area.short_name);
  const [code, setCode] = useState(area.code ?? "");
  const [profile, setProfile] = useState(area.profile_id ?? "");
  const [wrong, setWrong] = useState<string | null>(null);
  const isNew = area.id.startsWith("new-");
  const save = (event: FormEvent) => {
    event.preventDefault();
    const set = {
      ...(name.trim() !== area.name && { name: name.trim() }),
      ...(short.trim() !== area.short_name && { short_name: short.trim() }),
      ...(isNew && (code.trim() || null) !== area.code && { code: code.trim() || null }),
      ...((profile || null) !== area.profile_id && { profile_id: profile || null }),
    };
    if (Object.keys(set).length === 0 || name.trim() === "" || short.trim() === "") return;
    const refusal = store.getState().perform({ op: "set_attributes", area: area.id, set });
    setWrong(refusal ? speak(refusalWords[refusal.reason]) : null);
  };
  return (
    <form className="form plan-attributes" onSubmit={save}>
      <h3>{area.short_name}</h3>
      <TextField
        label={speak(plannerWords.rules_name)}
        value={name}
        onValue={setName}
        maxLength={60}
        disabled={locked}
      />
      <TextField
        label={speak(plannerWords.rules_short)}
        value={short}
        onValue={setShort}
        maxLength={60}
        disabled={locked}
      />
      <TextField
        label={speak(plannerWords.rules_code)}
        value={code}
        onValue={setCode}
        placeholder={speak(plannerWords.rules_code_later)}
        maxLength={64}
        disabled={locked || !isNew}
      />
      <SelectField
        label={speak(plannerWords.rules_selected)}
        value={profile}
        onValue={setProfile}
        disabled={locked}
        options={[["", speak(plannerWords.rules_inherit)], ...profiles.map((each) => [each.id, each.name] as const)]}
      />
      {wrong && (
        <p className="field-wrong" role="alert">
          {wrong}
        </p>
      )}
      {!locked && (
        <button type="submit" className="button">
          {speak(plannerWords.rules_apply)}
        </button>
      )}
    </form>
  );
}
