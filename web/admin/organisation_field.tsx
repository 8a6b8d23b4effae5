import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { organisationsQuery } from "../api/accounts.ts";
import { Icon } from "../ui/icons.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { Combobox } from "./combobox.tsx";
import { useSettled } from "./use_settled.ts";

interface Organisation {
  id: string;
  name: string;
}

interface Props {
  value: Organisation | null;
  readOnly: boolean;
  onValue: (organisation: Organisation | null) => void;
}

/** Narrows a grant to what one organisation holds; found by its name. Most grants have none. */
export function OrganisationField({ value, readOnly, onValue }: Props) {
  const speak = useWords();
  const romanise = useRomanise();
  const [asks, ask] = useState(false);
  const [text, setText] = useState("");
  const settled = useSettled(text.trim());
  const { data } = useQuery({ ...organisationsQuery(settled), enabled: asks });
  if (!asks) {
    return (
      <p className="grant-organisation">
        <span>{value ? romanise(value.name) : speak(adminWords.grant_organisation_any)}</span>
        {!readOnly && (
          <button type="button" className="link link-quiet" onClick={() => (value ? onValue(null) : ask(true))}>
            {speak(value ? adminWords.grant_organisation_off : adminWords.grant_organisation_choose)}
          </button>
        )}
      </p>
    );
  }
  return (
    <div className="grant-organisation">
      <Combobox
        label={speak(adminWords.grant_organisation_search)}
        text={text}
        onText={setText}
        isReady={data !== undefined}
        none={speak(adminWords.organisations_none)}
        choices={(data?.organisations ?? []).slice(0, 30).map(({ id, name, parent }) => ({
          key: id,
          label: romanise(name),
          note: parent ? romanise(parent) : "",
        }))}
        onChoose={(id) => {
          const found = data?.organisations.find((organisation) => organisation.id === id);
          if (found) onValue({ id: found.id, name: found.name });
          setText("");
          ask(false);
        }}
        autoFocus
      />
      <button
        type="button"
        className="icon-button"
        aria-label={speak(adminWords.cancel)}
        onClick={() => {
          setText("");
          ask(false);
        }}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
