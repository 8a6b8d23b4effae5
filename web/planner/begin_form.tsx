import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { type FormEvent, useId, useState } from "react";
import { useLocation } from "wouter";
import { type NewNetwork, NewPlan } from "../../data/schema/plan.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { findAreasQuery } from "../api/accounts.ts";
import { beginPlan } from "../api/plans.ts";
import { networksQuery } from "../api/queries.ts";
import { TextField } from "../ui/text_field.tsx";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { FailurePlaces } from "./failure_places.tsx";
import { emptyFile, FileFields, type FileDraft } from "./begin_file.tsx";
import { SelectField } from "../ui/select_field.tsx";

export type Beginning = NewPlan["from"]["kind"];

const newNetwork = "+";
const levels: NewNetwork["levels"] = [
  { role: "community", name: "社区", name_en: "Community" },
  { role: "grid", name: "网格", name_en: "Grid" },
];

/** Asks what a plan needs to begin, and opens it. */
export function BeginForm({ from: first, onClose }: { from: Beginning; onClose: () => void }) {
  const speak = useWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const networks = useQuery(networksQuery()).data?.networks ?? [];
  const [from, setFrom] = useState(first);
  const [name, setName] = useState("");
  const [chosen, setNetwork] = useState<string | null>(null);
  const [made, setMade] = useState({ code: "", prefix: "", name: "", name_en: "", mark: "" });
  const [area, setArea] = useState("");
  const [file, setFile] = useState<FileDraft>(emptyFile);
  const network = chosen ?? networks.find(({ edition }) => edition)?.code ?? "";
  const isNew = network === newNetwork && from !== "edition";
  const begin = useMutation({
    mutationFn: (body: NewPlan) => beginPlan(body),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ["plans"] });
      void client.invalidateQueries({ queryKey: ["networks"] }); // there may be one more
      navigate(`/planner/${id}`);
    },
  });
  const draft = {
    name,
    network: isNew ? { ...made, levels } : network,
    area: isNew || area.trim() === "" ? null : (/^\S+/.exec(area.trim())?.[0] ?? null),
    from: from === "file" ? { kind: from, ...file, code_field: file.code_field || null } : { kind: from },
  };
  const ready = NewPlan.safeParse(draft);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (ready.success && !begin.isPending) begin.mutate(ready.data);
  };
  const options = networks.map((each) => [each.code, language === "en" ? each.name_en : each.name] as const);
  return (
    <Modal open title={speak(plannerWords.begin)} footer={null} onCancel={onClose} width={560}>
      <form className="form begin" onSubmit={save}>
        <SelectField
          label={speak(plannerWords.begin_from)}
          value={from}
          onValue={(value) => setFrom(value as Beginning)}
          options={[
            ["edition", speak(plannerWords.begin_edition)],
            ["file", speak(plannerWords.begin_file)],
            ["nothing", speak(plannerWords.begin_nothing)],
          ]}
        />
        <TextField
          label={speak(plannerWords.begin_name)}
          value={name}
          onValue={setName}
          hint={speak(plannerWords.begin_name_hint)}
          maxLength={80}
          required
        />
        <SelectField
          label={speak(plannerWords.begin_network)}
          value={isNew ? newNetwork : network}
          onValue={setNetwork}
          options={
            from === "edition" ? options : [...options, [newNetwork, speak(plannerWords.begin_new_network)] as const]
          }
        />
        {isNew ? (
          <NetworkFields made={made} onChange={setMade} />
        ) : (
          <AreaField network={network} value={area} onValue={setArea} />
        )}
        {from === "file" && <FileFields file={file} onChange={setFile} />}
        <FailurePlaces error={begin.error} />
        <div className="form-buttons">
          <button type="button" className="button" onClick={onClose}>
            {speak(plannerWords.cancel)}
          </button>
          <button type="submit" className="button button-primary" aria-disabled={!ready.success || begin.isPending}>
            {speak(begin.isPending ? plannerWords.begin_busy : plannerWords.begin_do)}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** The code of an area, found by its name or code. */
function AreaField({ network, value, onValue }: { network: string; value: string; onValue: (value: string) => void }) {
  const speak = useWords();
  const list = useId();
  const found = useQuery({
    ...findAreasQuery(network, value.trim(), null),
    enabled: network !== "" && value.trim() !== "",
  }).data;
  return (
    <>
      <TextField
        label={speak(plannerWords.begin_area)}
        value={value}
        onValue={onValue}
        hint={speak(plannerWords.begin_area_hint)}
        list={list}
        autoComplete="off"
      />
      <datalist id={list}>
        {found?.areas
          .filter(({ child_count }) => child_count > 0)
          .map(({ id, code, name }) => (
            <option key={id} value={`${code} ${name}`} />
          ))}
      </datalist>
    </>
  );
}

type Made = Omit<NewNetwork, "levels">;

function NetworkFields({ made, onChange }: { made: Made; onChange: (made: Made) => void }) {
  const speak = useWords();
  const fields = [
    ["name", plannerWords.network_name],
    ["name_en", plannerWords.network_name_en],
    ["code", plannerWords.network_code],
    ["prefix", plannerWords.network_prefix],
    ["mark", plannerWords.network_mark],
  ] as const;
  return (
    <div className="begin-network">
      {fields.map(([key, label]) => (
        <TextField
          key={key}
          label={speak(label)}
          value={made[key]}
          onValue={(value) => onChange({ ...made, [key]: value })}
          required
        />
      ))}
    </div>
  );
}
