import type { Network } from "../../data/schema/network.ts";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import type { Judged } from "../api/checks.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useSession } from "../ui/reader.ts";
import { signInAddress } from "../ui/sign_in_address.ts";
import { useWords } from "../ui/use_words.ts";
import { ownAreas, showScope } from "./check_scope.ts";
import { useScopeName } from "./check_scope_bar.tsx";

/** The area is not the reader's to check: which ones are. */
export function CheckForbidden({ network, judged }: { network: Network; judged: Judged }) {
  const speak = useWords();
  const { account } = useSession();
  const name = useScopeName(network, judged);
  const own = ownAreas(account, network.code).filter((area) => area !== null);
  return (
    <div className="check-body check-message" data-state="forbidden" role="alert">
      <h3>{speak(checkWords.forbidden)}</h3>
      <p>{speak(checkWords.forbidden_why, { area: name })}</p>
      {own.length > 0 && (
        <div className="check-own">
          <p className="note">{speak(checkWords.own_areas)}</p>
          {own.map((area) => (
            <button key={area.id} type="button" className="button" onClick={() => showScope(area.code)}>
              <ShortName text={area.short_name} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** A link led here somebody who makes no checks. */
export function CheckNotOffered() {
  const speak = useWords();
  const { account } = useSession();
  return (
    <div className="dock-body check">
      <div className="check-body check-message" data-state="forbidden" role="alert">
        <h3>{speak(readerWords.no_permission)}</h3>
        <p>{speak(account ? checkWords.forbidden_role : checkWords.sign_in_first)}</p>
        {!account && (
          <a className="button button-primary" href={signInAddress()}>
            {speak(readerWords.sign_in)}
          </a>
        )}
      </div>
    </div>
  );
}
