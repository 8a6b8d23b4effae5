import type { AccountWithPassword } from "../../data/schema/account.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { CopyButton } from "../ui/copy_button.tsx";
import { useWords } from "../ui/use_words.ts";

/** A first password, shown this once. */
export function FirstPassword({ made, onDone }: { made: AccountWithPassword; onDone: () => void }) {
  const speak = useWords();
  return (
    <section className="once" role="status">
      <h3>{speak(adminWords.first_password_of, { name: made.name })}</h3>
      <p className="secret">
        <code data-first-password>{made.password}</code>
        <CopyButton text={made.password} />
      </p>
      <p className="note">{speak(adminWords.first_password_why)}</p>
      <div className="form-buttons">
        <button type="button" className="button" onClick={onDone}>
          {speak(frameWords.close)}
        </button>
      </div>
    </section>
  );
}
