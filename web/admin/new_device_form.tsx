import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { DeviceWithToken } from "../../data/schema/account.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { devicesQuery, makeDevice } from "../api/accounts.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { Icon } from "../ui/icons.tsx";
import { TextField } from "../ui/text_field.tsx";
import { useFocusBack } from "../ui/use_focus_back.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import type { AreaRequest } from "./area_picker.tsx";

/** As many as the server takes. */
const mostAreas = 20;

interface Props {
  /** The map is asked for an area now. */
  isPicking: boolean;
  onPickArea: (request: AreaRequest | null) => void;
  onMade: (device: DeviceWithToken) => void;
  onCancel: () => void;
}

/** A new wall screen: what it is called and which areas it shows. */
export function NewDeviceForm({ isPicking, onPickArea, onMade, onCancel }: Props) {
  const speak = useWords();
  const romanise = useRomanise();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [areas, setAreas] = useState<AreaRef[]>([]);
  const adder = useFocusBack(isPicking);
  const latest = useRef(areas);
  useEffect(() => {
    latest.current = areas;
  });
  const making = useMutation({
    mutationFn: makeDevice,
    gcTime: 0,
    onSuccess: (device) => {
      void client.invalidateQueries(devicesQuery());
      onMade(device);
    },
  });
  const add = () =>
    onPickArea({
      key: `device-${areas.length}`,
      title: speak(adminWords.pick_for_device),
      start: null,
      onPick: (area) => setAreas([...latest.current.filter(({ id }) => id !== area.id), area]),
    });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onPickArea(null);
        making.mutate({ name: name.trim(), areas: areas.map(({ network, code }) => `${network}:${code}`) });
      }}
    >
      <TextField
        label={speak(adminWords.device_name)}
        name="name"
        value={name}
        onValue={setName}
        hint={speak(adminWords.device_name_hint)}
        autoComplete="off"
        autoFocus
        required
        maxLength={60}
      />
      <section className="grants" aria-label={speak(adminWords.device_areas)}>
        <h3>{speak(adminWords.device_areas)}</h3>
        <ul className="device-areas">
          {areas.map((area) => (
            <li key={area.id}>
              <span>{romanise(area.name)}</span>
              <span className="cell-more tabular">{area.code}</span>
              <button
                type="button"
                className="icon-button"
                aria-label={speak(adminWords.device_area_remove, { name: romanise(area.name) })}
                onClick={() => setAreas(areas.filter(({ id }) => id !== area.id))}
              >
                <Icon name="close" size={16} />
              </button>
            </li>
          ))}
        </ul>
        {areas.length < mostAreas && (
          <button ref={adder} type="button" className="button grant-add" aria-pressed={isPicking} onClick={add}>
            <Icon name="map" size={18} />
            {speak(areas.length === 0 ? adminWords.grant_area_choose : adminWords.device_area_add)}
          </button>
        )}
      </section>
      {!making.isPending && <FailureNote error={making.error} />}
      <div className="form-buttons panel-buttons">
        <button
          type="submit"
          className="button button-primary"
          disabled={name.trim() === "" || areas.length === 0 || making.isPending}
        >
          {speak(adminWords.device_create)}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {speak(adminWords.cancel)}
        </button>
      </div>
    </form>
  );
}
