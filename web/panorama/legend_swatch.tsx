import { useId } from "react";
import type { LegendEntry, SwatchPart } from "../../data/cartography/legend.ts";
import type { SymbolDrawing, SymbolPart } from "../../data/cartography/symbol_drawing.ts";

const width = 36;
const height = 18;
/** Wider lines would fill the swatch and say nothing of their dash. */
const widestLine = 9;
/** px of the line below that stay in sight on both sides together, however wide the map draws the two. */
const leastCasing = 3;

/** A small drawing of an entry, from the paint that the map uses at this zoom. */
export function LegendSwatch({ entry }: { entry: LegendEntry }) {
  const outermost = Math.max(...entry.swatch.map((part) => (part.kind === "line" ? part.width : 0)));
  return (
    <svg className="legend-swatch" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {entry.ground !== null && <rect width={width} height={height} rx={2} fill={entry.ground} />}
      {/* The palest class of a thematic map would not be seen on the page. */}
      {entry.key.startsWith("nesting-") && (
        <rect x={2} y={2} width={width - 4} height={height - 4} className="legend-hairline" />
      )}
      {entry.swatch.map((part) => (
        <Shape key={keyOf(part)} part={part} isEdge={entry.geom === "fill"} outermost={outermost} />
      ))}
    </svg>
  );
}

/** Parts lie on each other, so no two look the same. */
function keyOf(part: SwatchPart): string {
  if (part.kind === "line") return `line ${part.colour} ${part.width}`;
  return part.kind === "fill" ? `fill ${part.colour}` : part.kind;
}

interface ShapeProps {
  part: SwatchPart;
  /** A line around a face. */
  isEdge: boolean;
  /** px of the widest line of the swatch, as the map draws it. */
  outermost: number;
}

function Shape({ part, isEdge, outermost }: ShapeProps) {
  if (part.kind === "hues") return <Hues colours={part.colours} />;
  if (part.kind === "symbol") return <SymbolShape part={part} />;
  if (part.kind === "pattern") return <PatternShape drawing={part.drawing} />;
  if (part.kind === "circle") {
    const { colour, opacity, line, width: stroke } = part;
    return (
      <circle
        cx={width / 2}
        cy={height / 2}
        r={height / 2 - 2}
        fill={colour}
        fillOpacity={opacity}
        stroke={line}
        strokeWidth={stroke}
      />
    );
  }
  if (part.kind === "line") return <LineShape part={part} isEdge={isEdge} outermost={outermost} />;
  return <rect x={2} y={2} width={width - 4} height={height - 4} fill={part.colour} fillOpacity={part.opacity} />;
}

/** A face that is filled with a hatch. */
function PatternShape({ drawing }: { drawing: SymbolDrawing }) {
  const id = useId();
  return (
    <>
      <pattern id={id} width={drawing.width} height={drawing.height} patternUnits="userSpaceOnUse">
        {drawing.parts.map((stroke) => (
          <SymbolStroke key={"path" in stroke ? stroke.path : stroke.text} part={stroke} />
        ))}
      </pattern>
      <rect x={2} y={2} width={width - 4} height={height - 4} fill={`url(#${id})`} />
    </>
  );
}

/** Six pale squares in two rows. */
function Hues({ colours }: { colours: readonly string[] }) {
  return colours.map((hue, index) => (
    <rect key={hue} x={(index % 3) * 12} y={Math.floor(index / 3) * 9} width={12} height={9} fill={hue} />
  ));
}

/** A stretch of line, or the outline of a face. */
function LineShape({ part, isEdge, outermost }: Omit<ShapeProps, "part"> & { part: SwatchLine }) {
  const stroke = Math.min(part.width, widestLine - Math.min(outermost - part.width, leastCasing));
  const pen = {
    stroke: part.colour,
    strokeOpacity: part.opacity,
    strokeWidth: stroke,
    strokeDasharray: part.dash?.map((length) => (length * stroke) / part.width).join(" "),
    strokeLinecap: part.round ? ("round" as const) : undefined,
    fill: "none",
  };
  if (isEdge) return <rect x={2} y={2} width={width - 4} height={height - 4} {...pen} />;
  return <path d={part.round ? `M4 ${height / 2}H${width}` : `M0 ${height / 2}H${width}`} {...pen} />;
}

type SwatchLine = Extract<SwatchPart, { kind: "line" }>;

function SymbolShape({ part }: { part: Extract<SwatchPart, { kind: "symbol" }> }) {
  const { drawing } = part;
  const scale = Math.min(part.scale, height / drawing.height);
  const shift = `translate(${(width - drawing.width * scale) / 2} ${(height - drawing.height * scale) / 2}) scale(${scale})`;
  return (
    <g transform={shift}>
      {drawing.parts.map((stroke) => (
        <SymbolStroke
          key={"path" in stroke ? `${stroke.path}${stroke.fill}${stroke.stroke}` : stroke.text}
          part={stroke}
        />
      ))}
    </g>
  );
}

function SymbolStroke({ part }: { part: SymbolPart }) {
  if ("text" in part) {
    return (
      <text
        x={part.x}
        y={part.y}
        fill={part.fill}
        fontSize={part.size}
        fontWeight={part.weight}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {part.text}
      </text>
    );
  }
  return (
    <path
      d={part.path}
      fill={part.fill ?? "none"}
      stroke={part.stroke}
      strokeWidth={part.stroke_width}
      strokeDasharray={part.dash?.join(" ")}
      strokeLinejoin="round"
    />
  );
}
