/** Outlines as SVG path data around a centre; px. */

export function circlePath(x: number, y: number, radius: number): string {
  const diameter = 2 * radius;
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${diameter} 0a${radius} ${radius} 0 1 0 ${-diameter} 0Z`;
}

/** A polygon with equal sides; `turn` in degrees, 0 = a corner at the top. */
export function polygonPath(x: number, y: number, radius: number, corners: number, turn = 0): string {
  const points = Array.from({ length: corners }, (_, index) => {
    const angle = ((turn - 90 + (360 / corners) * index) * Math.PI) / 180;
    return `${round(x + radius * Math.cos(angle))} ${round(y + radius * Math.sin(angle))}`;
  });
  return `M${points.join("L")}Z`;
}

export function roundedSquarePath(x: number, y: number, side: number, corner: number): string {
  const half = side / 2;
  const straight = side - 2 * corner;
  return (
    `M${x - half + corner} ${y - half}h${straight}a${corner} ${corner} 0 0 1 ${corner} ${corner}` +
    `v${straight}a${corner} ${corner} 0 0 1 ${-corner} ${corner}h${-straight}` +
    `a${corner} ${corner} 0 0 1 ${-corner} ${-corner}v${-straight}a${corner} ${corner} 0 0 1 ${corner} ${-corner}Z`
  );
}

/** Two triangles tip to tip: a valve. */
export function bowTiePath(x: number, y: number, width: number, height: number): string {
  const [w, h] = [width / 2, height / 2];
  return `M${x - w} ${y - h}L${x + w} ${y + h}V${y - h}L${x - w} ${y + h}Z`;
}

export function crossPath(x: number, y: number, reach: number): string {
  return `M${x - reach} ${y - reach}L${x + reach} ${y + reach}M${x + reach} ${y - reach}L${x - reach} ${y + reach}`;
}

/** A street hydrant: cap, barrel, two arms, foot. Drawn for a square of 20 px. */
export function hydrantPath(x: number, y: number): string {
  return [
    `M${x - 3} ${y - 2.2}a3 3.4 0 0 1 6 0Z`,
    `M${x - 2.6} ${y - 1.4}h5.2v5.2h-5.2Z`,
    `M${x - 4.9} ${y - 0.4}h1.7v2.6h-1.7Z`,
    `M${x + 3.2} ${y - 0.4}h1.7v2.6h-1.7Z`,
    `M${x - 3.8} ${y + 4.4}h7.6v1.6h-7.6Z`,
  ].join("");
}

/** Two blades that cross above two rings. Drawn for a square of 20 px. */
export function scissorsPath(x: number, y: number): string {
  return (
    `M${x - 3.4} ${y - 5.6}L${x + 2.2} ${y + 2.2}M${x + 3.4} ${y - 5.6}L${x - 2.2} ${y + 2.2}` +
    `${circlePath(x - 3, y + 3.9, 1.9)}${circlePath(x + 3, y + 3.9, 1.9)}`
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
