import { useMutation } from "@tanstack/react-query";
import type { PlanComment } from "../../data/schema/plan.ts";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { settleComment } from "../api/plans.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { Icon } from "../ui/icons.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { CommentForm } from "./comment_form.tsx";
import { useFly } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";

/** What people say about the plan, at a place or on the whole: open ones first, settled ones below. */
export function Comments() {
  const speak = useWords();
  const store = usePlannerStore();
  const id = usePlanner(({ plan }) => plan.id);
  const comments = usePlanner((state) => state.comments);
  const mayComment = usePlanner(({ plan }) => plan.may.includes("comment"));
  const settle = useMutation({
    mutationFn: (comment: string) => settleComment(id, comment),
    onSuccess: (settled) =>
      store.getState().takeComments(store.getState().comments.map((each) => (each.id === settled.id ? settled : each))),
  });
  const open = comments.filter(({ settled_at }) => settled_at === null);
  const settled = comments.filter(({ settled_at }) => settled_at !== null);
  const onSettle = mayComment ? (comment: string) => settle.mutate(comment) : undefined;
  // the number is that of the pin on the map
  const numberOf = (comment: PlanComment) => comments.indexOf(comment) + 1;
  return (
    <section aria-label={speak(plannerWords.comments, { count: open.length })}>
      <h3>{speak(plannerWords.comments, { count: open.length })}</h3>
      {comments.length === 0 && <p className="note">{speak(compareWords.comments_none)}</p>}
      <ul className="plan-comments">
        {open.map((comment) => (
          <Comment key={comment.id} comment={comment} number={numberOf(comment)} onSettle={onSettle} />
        ))}
      </ul>
      {settled.length > 0 && (
        <details className="moved-list">
          <summary>{speak(compareWords.comments_settled, { count: settled.length })}</summary>
          <ul className="plan-comments">
            {settled.map((comment) => (
              <Comment key={comment.id} comment={comment} number={numberOf(comment)} onSettle={undefined} />
            ))}
          </ul>
        </details>
      )}
      <FailureNote error={settle.error} />
      {mayComment && <CommentForm />}
    </section>
  );
}

interface CommentProps {
  comment: PlanComment;
  number: number;
  onSettle: ((id: string) => void) | undefined;
}

function Comment({ comment: { id, text, by, at, made_at, settled_at }, number, onSettle }: CommentProps) {
  const speak = useWords();
  const name = useRomanise();
  const { toPlace } = useFly();
  return (
    <li id={`plan-comment-${id}`} data-settled={settled_at !== null}>
      <p>{text}</p>
      <p className="note">
        {name(by.display_name, "person")} · {formatMoment(made_at).slice(5, 16)}
        {at && (
          <button
            type="button"
            className="link comment-place"
            aria-label={`${speak(compareWords.comment_number, { number })} ${speak(plannerWords.comment_pinned)}`}
            onClick={() => toPlace(at)}
          >
            <Icon name="pin" size={14} />
            {number} {speak(plannerWords.comment_pinned)}
          </button>
        )}
        {settled_at && (
          <span>{speak(plannerWords.comment_settled, { time: formatMoment(settled_at).slice(5, 16) })}</span>
        )}
        {onSettle && (
          <button type="button" className="link" onClick={() => onSettle(id)}>
            {speak(plannerWords.comment_settle)}
          </button>
        )}
      </p>
    </li>
  );
}
