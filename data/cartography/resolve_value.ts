/** What paint depends on besides the feature's own attributes. */
export interface PaintMoment {
  zoom: number;
  properties: Readonly<Record<string, string | number>>;
}

/**
 * Works out a paint or layout value of our style at one zoom, for legends and print. It knows the expressions that
 * our layer tables use and no more: another one is our mistake.
 *
 * @throws Error naming the expression that it does not know
 */
export function resolveValue(value: unknown, moment: PaintMoment): unknown {
  if (!Array.isArray(value) || typeof value[0] !== "string") return value;
  const [operator, ...parts] = value as [string, ...unknown[]];
  const resolve = operators[operator];
  if (!resolve) throw new Error(`The legend cannot resolve the expression "${operator}"`);
  return resolve(parts, moment);
}

type Operator = (parts: unknown[], moment: PaintMoment) => unknown;

const operators: Readonly<Record<string, Operator>> = {
  literal: ([value]) => value,
  zoom: (_, { zoom }) => zoom,
  get: ([attribute], { properties }) => properties[String(attribute)] ?? null,
  has: ([attribute], { properties }) => Object.hasOwn(properties, String(attribute)),
  // Nothing is hovered or selected in a legend.
  "feature-state": () => null,
  boolean: (parts, moment) =>
    parts.map((part) => resolveValue(part, moment)).find((value) => typeof value === "boolean") ?? false,
  concat: (parts, moment) => parts.map((part) => String(resolveValue(part, moment) ?? "")).join(""),
  "==": ([a, b], moment) => resolveValue(a, moment) === resolveValue(b, moment),
  case: resolveCase,
  match: resolveMatch,
  step: resolveStep,
  interpolate: resolveInterpolation,
};

function resolveCase(parts: unknown[], moment: PaintMoment): unknown {
  for (let i = 0; i + 1 < parts.length; i += 2) {
    if (resolveValue(parts[i], moment) === true) return resolveValue(parts[i + 1], moment);
  }
  return resolveValue(parts[parts.length - 1], moment);
}

function resolveMatch([input, ...parts]: unknown[], moment: PaintMoment): unknown {
  const value = resolveValue(input, moment);
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const label = parts[i];
    if (Array.isArray(label) ? label.includes(value) : label === value) return resolveValue(parts[i + 1], moment);
  }
  return resolveValue(parts[parts.length - 1], moment);
}

function resolveStep([input, lowest, ...stops]: unknown[], moment: PaintMoment): unknown {
  const at = Number(resolveValue(input, moment));
  let result = lowest;
  for (let i = 0; i + 1 < stops.length; i += 2) if (at >= Number(stops[i])) result = stops[i + 1];
  return resolveValue(result, moment);
}

/** Linear and exponential, between numbers. */
function resolveInterpolation([kind, input, ...stops]: unknown[], moment: PaintMoment): unknown {
  const at = Number(resolveValue(input, moment));
  const values = (index: number) => Number(resolveValue(stops[index], moment));
  const last = stops.length - 2;
  if (at <= Number(stops[0])) return values(1);
  if (at >= Number(stops[last])) return values(last + 1);
  let i = 0;
  while (at >= Number(stops[i + 2])) i += 2;
  const [low, high] = [Number(stops[i]), Number(stops[i + 2])];
  const [type, base = 1] = kind as [string, number?];
  const power = type === "exponential" ? base : 1;
  const share = power === 1 ? (at - low) / (high - low) : (power ** (at - low) - 1) / (power ** (high - low) - 1);
  return values(i + 1) + share * (values(i + 3) - values(i + 1));
}
