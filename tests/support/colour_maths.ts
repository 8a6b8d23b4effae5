/** Channels of #rrggbb, 0–1. */
function channels(colour: string): [number, number, number] {
  const at = (index: number) => Number.parseInt(colour.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
  return [at(0), at(1), at(2)];
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map(linear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours as WCAG 2.2 defines it, 1–21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `colour` laid over `ground` at an opacity of 0–1, as #rrggbb. */
export function mix(colour: string, ground: string, opacity: number): string {
  const [over, under] = [channels(colour), channels(ground)];
  const mixed = over.map((value, index) => Math.round(255 * (value * opacity + under[index]! * (1 - opacity))));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
