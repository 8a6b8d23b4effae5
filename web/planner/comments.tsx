import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useContext, useId, useState } from "react";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { addComment, settleComment } from "../api/plans.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { MapContext, useFly } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";

/** What people say about the plan, at a place or on the whole. */
export function Comments() {
  const speak = useWords();
  const name = useRomanise();
  const store = usePlannerStore();
  const map = useContext(MapContext);
  const id = usePlanner(({ plan }) => plan.id);
  const comments = usePlanner((state) => state.comments);
  const mayComment = usePlanner(({ plan }) => plan.may.includes("comment"));
  const { toPlace } = useFly();
  const [text, setText] = useState("");
  const [pinned, setPinned] = useState(false);
  const field = useId();
  const add = useMutation({
    mutationFn: () => {
      const camera = pinned ? map?.camera() : undefined;
      return addComment(id, text.trim(), camera ? [camera.lng, camera.lat] : null);
    },
    onSuccess: (comment) => {
      setText("");
      store.getState().takeComments([...store.getState().comments, comment]);
    },
  });
  const settle = useMutation({
    mutationFn: (comment: string) => settleComment(id, comment),
    onSuccess: (settled) =>
      store.getState().takeComments(store.getState().comments.map((each) => (each.id === settled.id ? settled : each))),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "" && !add.isPending) add.mutate();
  };
  return (
    <section>
      <h3>{speak(plannerWords.comments, { count: comments.filter(({ settled_at }) => !settled_at).length })}</h3>
      <ul className="plan-comments">
        {comments.map((comment) => (
          <li key={comment.id} data-settled={comment.settled_at !== null}>
            <p>{comment.text}</p>
            <p className="note">
              {name(comment.by.display_name, "person")} · {formatMoment(comment.made_at).slice(5, 16)}
              {comment.at && (
                <button type="button" className="link" onClick={() => toPlace(comment.at)}>
                  {speak(plannerWords.comment_pinned)}
                </button>
              )}
              {comment.settled_at ? (
                <span>
                  {speak(plannerWords.comment_settled, { time: formatMoment(comment.settled_at).slice(5, 16) })}
                </span>
              ) : (
                mayComment && (
                  <button type="button" className="link" onClick={() => settle.mutate(comment.id)}>
                    {speak(plannerWords.comment_settle)}
                  </button>
                )
              )}
            </p>
          </li>
        ))}
      </ul>
      <FailureNote error={settle.error ?? add.error} />
      {mayComment && (
        <form className="form" onSubmit={save}>
          <label htmlFor={field} className="field-label">
            {speak(plannerWords.comment_text)}
          </label>
          <textarea
            id={field}
            className="text-input plan-textarea"
            rows={2}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <label className="plan-check-label">
            <input type="checkbox" checked={pinned} onChange={(event) => setPinned(event.target.checked)} />
            {speak(plannerWords.comment_here)}
          </label>
          <button type="submit" className="button" aria-disabled={text.trim() === ""}>
            {speak(plannerWords.comment_add)}
          </button>
        </form>
      )}
    </section>
  );
}
