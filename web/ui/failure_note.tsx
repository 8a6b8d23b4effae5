import { wordFailure } from "./failure_words.ts";
import { useLanguage } from "./use_words.ts";

/** Says under a form why it was refused, and what to do next. Stays until the next try. */
export function FailureNote({ error }: { error: unknown }) {
  const language = useLanguage();
  if (!error) return null;
  const { what, next } = wordFailure(error, language);
  return (
    <div className="failure-note" role="alert">
      <p className="failure-what">{what}</p>
      {next && <p>{next}</p>}
    </div>
  );
}
