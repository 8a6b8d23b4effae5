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

export const visions = ["normal", "protan", "deutan", "tritan"] as const;
export type Vision = (typeof visions)[number];

/** Machado, Oliveira & Fernandes (IEEE TVCG 15, 2009), severity 1, on linear RGB. */
const simulations: Record<Exclude<Vision, "normal">, number[][]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

type Triple = [number, number, number];

function multiply(matrix: number[][], [x, y, z]: Triple): Triple {
  return matrix.map(([a, b, c]) => a! * x + b! * y + c! * z) as Triple;
}

/** CIE L*a*b* (D65) of a colour as somebody with this vision sees it. */
function labOf(colour: string, vision: Vision): Triple {
  const rgb = channels(colour).map(linear) as Triple;
  const seen =
    vision === "normal" ? rgb : (multiply(simulations[vision], rgb).map((v) => Math.min(1, Math.max(0, v))) as Triple);
  const [x, y, z] = multiply(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    seen,
  );
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

const degrees = Math.PI / 180;

/** ΔE2000 of two colours for a kind of vision (Sharma, Wu & Dalal, Color Res. Appl. 30, 2005). */
export function colourDifference(one: string, other: string, vision: Vision): number {
  const [l1, a1, b1] = labOf(one, vision);
  const [l2, a2, b2] = labOf(other, vision);
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot(a1 * (1 + g), b1), Math.hypot(a2 * (1 + g), b2)];
  const angle = (b: number, a: number) => (Math.atan2(b, a) / degrees + 360) % 360;
  const [h1, h2] = [angle(b1, a1 * (1 + g)), angle(b2, a2 * (1 + g))];
  const turn = ((h2 - h1 + 540) % 360) - 180;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * degrees);
  const meanL = (l1 + l2) / 2;
  const meanC2 = (c1 + c2) / 2;
  const meanH = (h1 + turn / 2 + 360) % 360;
  const t =
    1 -
    0.17 * Math.cos((meanH - 30) * degrees) +
    0.24 * Math.cos(2 * meanH * degrees) +
    0.32 * Math.cos((3 * meanH + 6) * degrees) -
    0.2 * Math.cos((4 * meanH - 63) * degrees);
  const sL = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2);
  const sC = 1 + 0.045 * meanC2;
  const sH = 1 + 0.015 * meanC2 * t;
  const rotation =
    -2 *
    Math.sqrt(meanC2 ** 7 / (meanC2 ** 7 + 25 ** 7)) *
    Math.sin(60 * Math.exp(-(((meanH - 275) / 25) ** 2)) * degrees);
  const [dl, dc, dh] = [(l2 - l1) / sL, (c2 - c1) / sC, dH / sH];
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
}
