import type { DeviceWithToken } from "../../data/schema/account.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { CopyButton } from "../ui/copy_button.tsx";
import { QrPicture } from "../ui/qr_picture.tsx";
import { useWords } from "../ui/use_words.ts";

/** The link that pairs a screen, shown this once. The token stands in its fragment: no server and no log sees it. */
export function DeviceLink({ device, onDone }: { device: DeviceWithToken; onDone: () => void }) {
  const speak = useWords();
  const link = `${location.origin}/sign-in#device=${device.token}`;
  return (
    <section className="form" role="status">
      <h3>{speak(adminWords.device_link)}</h3>
      <QrPicture value={link} size={208} />
      <p className="secret">
        <code>{link}</code>
        <CopyButton text={link} />
      </p>
      <p className="note">{speak(adminWords.device_link_why)}</p>
      <div className="form-buttons">
        <button type="button" className="button" onClick={onDone}>
          {speak(frameWords.close)}
        </button>
      </div>
    </section>
  );
}
