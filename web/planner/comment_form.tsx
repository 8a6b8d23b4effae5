import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useContext, useEffect, useState } from "react";
import type { Position } from "../../data/schema/geometry.ts";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { addComment } from "../api/plans.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../ui/use_words.ts";
import { MapContext } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { TextArea } from "./text_area.tsx";

/** A comment on the plan, pinned to a place that is chosen on the map, or on the whole. */
export function CommentForm() {
  const speak = useWords();
  const store = usePlannerStore();
  const id = usePlanner(({ plan }) => plan.id);
  const [text, setText] = useState("");
  const place = usePickedPlace();
  const add = useMutation({
    mutationFn: () => addComment(id, text.trim(), place.at),
    onSuccess: (comment) => {
      setText("");
      place.clear();
      store.getState().takeComments([...store.getState().comments, comment]);
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "" && !add.isPending) add.mutate();
  };
  return (
    <form className="form" onSubmit={save}>
      <TextArea label={speak(plannerWords.comment_text)} rows={2} maxLength={1000} value={text} onValue={setText} />
      <PlacePicker place={place} />
      <FailureNote error={add.error} />
      <div className="form-buttons">
        <button type="submit" className="button" aria-disabled={text.trim() === ""}>
          {speak(plannerWords.comment_add)}
        </button>
      </div>
    </form>
  );
}

function PlacePicker({ place: { at, choosing, choose, clear } }: { place: ReturnType<typeof usePickedPlace> }) {
  const speak = useWords();
  if (choosing) {
    return (
      <p className="comment-picking" role="status">
        {speak(compareWords.pin_choosing)}
        <button type="button" className="link" onClick={clear}>
          {speak(plannerWords.cancel)}
        </button>
      </p>
    );
  }
  return (
    <p className="comment-picking">
      <button type="button" className="button" onClick={choose}>
        <Icon name="pin" size={16} />
        {speak(compareWords.pin_choose)}
      </button>
      {at && (
        <>
          <span className="note">{speak(compareWords.pin_here, { lat: at[1].toFixed(5), lng: at[0].toFixed(5) })}</span>
          <button type="button" className="link" onClick={clear}>
            {speak(compareWords.pin_none)}
          </button>
        </>
      )}
    </p>
  );
}

/** A place that the next click on the map says, or Enter on its crosshair; Escape asks no more. */
function usePickedPlace() {
  const map = useContext(MapContext);
  const [at, setAt] = useState<Position | null>(null);
  const [choosing, setChoosing] = useState(false);
  useEffect(() => {
    if (!choosing || !map) return;
    const leave = map.gestures.pick((place) => {
      setAt(place);
      setChoosing(false);
    });
    // before the tools and the page hear of it
    const press = (event: KeyboardEvent) => {
      if (event.code !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      setChoosing(false);
    };
    addEventListener("keydown", press, { capture: true });
    return () => {
      leave();
      removeEventListener("keydown", press, { capture: true });
    };
  }, [choosing, map]);
  const choose = () => {
    setChoosing(true);
    map?.focus();
  };
  const clear = () => {
    setAt(null);
    setChoosing(false);
  };
  return { at, choosing: choosing && map !== null, choose, clear };
}
