/** Half a unit in the last place of 1. */
const epsilon = 2 ** -53;
/** Relative rounding error of the plain determinant (Shewchuk 1997, ccwerrboundA). */
const plainError = (3 + 16 * epsilon) * epsilon;
/** Splits a double into two halves whose products are exact (Dekker 1971). */
const splitter = 2 ** 27 + 1;

/**
 * On which side of the line a → b the point c lies: > 0 left, < 0 right, 0 exactly on it. The sign is exact for all
 * doubles whose products neither overflow nor underflow: plain arithmetic first, expansions (Shewchuk, Adaptive
 * Precision Floating-Point Arithmetic, 1997) where that cannot tell.
 */
export function orient(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const plain = left - right;
  if (left === 0 || right === 0 || left > 0 !== right > 0) return plain;
  const sum = left > 0 ? left + right : -left - right;
  if (Math.abs(plain) >= plainError * sum) return plain;
  return exactOrient(ax, ay, bx, by, cx, cy);
}

/** ax·by − ax·cy − cx·by − ay·bx + ay·cx + cy·bx, summed without rounding. */
function exactOrient(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const parts: number[] = [];
  addProduct(parts, ax, by);
  addProduct(parts, -ax, cy);
  addProduct(parts, -cx, by);
  addProduct(parts, -ay, bx);
  addProduct(parts, ay, cx);
  addProduct(parts, cy, bx);
  for (let i = parts.length - 1; i >= 0; i--) if (parts[i] !== 0) return parts[i]!;
  return 0;
}

/** Adds a · b to an expansion: doubles that do not overlap, by rising magnitude. */
function addProduct(parts: number[], a: number, b: number): void {
  const product = a * b;
  let wide = splitter * a;
  const aHigh = wide - (wide - a);
  const aLow = a - aHigh;
  wide = splitter * b;
  const bHigh = wide - (wide - b);
  const bLow = b - bHigh;
  addPart(parts, aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow));
  addPart(parts, product);
}

/** Grow-expansion: the new part runs through all, each step leaving its rounding error behind. */
function addPart(parts: number[], part: number): void {
  let carry = part;
  for (let i = 0; i < parts.length; i++) {
    const old = parts[i]!;
    const sum = carry + old;
    const virtual = sum - carry;
    parts[i] = carry - (sum - virtual) + (old - virtual);
    carry = sum;
  }
  parts.push(carry);
}
