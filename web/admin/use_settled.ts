import { useEffect, useState } from "react";

/** Between the last letter and the question to the server, milliseconds: typing Chinese comes in bursts. */
const typingPause = 200;

/** What was typed, when the typing rests. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingPause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
