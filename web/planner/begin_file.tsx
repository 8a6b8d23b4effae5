import { useId, useState } from "react";
import type { NewPlan } from "../../data/schema/plan.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { useWords } from "../ui/use_words.ts";
import { SelectField } from "../ui/select_field.tsx";
import { type PolygonFile, readPolygonFiles } from "./read_polygon_file.ts";

type FileBeginning = Extract<NewPlan["from"], { kind: "file" }>;
/** What is asked of a file; nothing is guessed of its coordinates. */
export type FileDraft = Pick<FileBeginning, "json" | "name_field"> & {
  crs: FileBeginning["crs"] | "";
  code_field: string;
};
export const emptyFile: FileDraft = { json: null, crs: "", name_field: "", code_field: "" };

/** A file of polygons, its coordinate system, and which of its fields are names and codes. */
export function FileFields({ file, onChange }: { file: FileDraft; onChange: (file: FileDraft) => void }) {
  const speak = useWords();
  const id = useId();
  const [read, setRead] = useState<PolygonFile | "bad" | null>(null);
  const [names, setNames] = useState<readonly string[]>([]);
  const take = async (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    setNames(chosen.map(({ name }) => name));
    const found = await readPolygonFiles(chosen);
    setRead(found ?? "bad");
    const name_field = found?.fields.find((field) => /name|名/i.test(field)) ?? found?.fields[0] ?? "";
    const code_field = found?.fields.find((field) => /code|编码|代码/i.test(field)) ?? "";
    onChange({ json: found?.json ?? null, crs: found?.crs ?? file.crs, name_field, code_field });
  };
  const fields = read && read !== "bad" ? read.fields : [];
  return (
    <>
      <div className="field">
        <span className="field-label">{speak(plannerWords.begin_file_field)}</span>
        <span className="file-choice">
          <input
            id={id}
            type="file"
            multiple
            accept=".geojson,.json,application/geo+json,.shp,.dbf,.cpg,.prj"
            className="spoken file-input"
            aria-describedby={`${id}-said`}
            onChange={(event) => {
              const chosen = [...(event.target.files ?? [])];
              // the same file, put right, may be chosen once more
              event.target.value = "";
              void take(chosen);
            }}
          />
          <label htmlFor={id} className="button">
            {speak(plannerWords.begin_file_choose)}
          </label>
          <span>{names.join(speak(["、", ", "]))}</span>
        </span>
        <p id={`${id}-said`} className={read === "bad" ? "field-wrong" : "field-hint"} role="status">
          {read === "bad" && speak(plannerWords.begin_bad_file)}
          {read && read !== "bad" && speak(plannerWords.begin_features, { count: read.features })}
        </p>
      </div>
      <SelectField
        label={speak(plannerWords.begin_crs)}
        value={file.crs}
        onValue={(crs) => onChange({ ...file, crs: crs as FileDraft["crs"] })}
        options={[
          ["", speak(plannerWords.begin_crs_none)],
          ["EPSG:4490", speak(plannerWords.begin_crs_4490)],
          ["EPSG:4326", speak(plannerWords.begin_crs_4326)],
          ["EPSG:4549", speak(plannerWords.begin_crs_4549)],
        ]}
      />
      {fields.length > 0 && (
        <div className="begin-network">
          <SelectField
            label={speak(plannerWords.begin_name_field)}
            value={file.name_field}
            onValue={(name_field) => onChange({ ...file, name_field })}
            options={fields.map((field) => [field, field])}
          />
          <SelectField
            label={speak(plannerWords.begin_code_field)}
            value={file.code_field}
            onValue={(code_field) => onChange({ ...file, code_field })}
            options={[["", "—"], ...fields.map((field) => [field, field] as const)]}
          />
        </div>
      )}
    </>
  );
}
