import QRCode from "antd/es/qr-code";
import { accountWords } from "../../data/vocabulary/access_words.ts";
import { useWords } from "./use_words.ts";
import "./qr_picture.css";

/** A QR code. Scanners want dark on light, in both themes. */
export function QrPicture({ value, size }: { value: string; size: number }) {
  const speak = useWords();
  return (
    <div className="qr" role="img" aria-label={speak(accountWords.qr)}>
      <div aria-hidden="true">
        <QRCode value={value} type="svg" size={size} color="#10161F" bgColor="#FFFFFF" bordered={false} />
      </div>
    </div>
  );
}
