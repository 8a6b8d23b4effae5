import type { LayerSpecification } from "@maplibre/maplibre-gl-style-spec";
import { palettes } from "../../data/cartography/palette.ts";
import { drawSymbol, type SymbolPart } from "../../data/cartography/symbols.ts";
import type { Theme } from "../ui/view_address.ts";
import type { LegendEntry } from "./legend_entries.ts";
import { type Attributes, resolveColour, resolveNumber, resolveProperty } from "./resolve_paint.ts";

const width = 36;
const height = 18;
/** Wider lines would fill the swatch and say nothing of their dash. */
const widestLine = 9;

interface Props {
  entry: LegendEntry;
  zoom: number;
  theme: Theme;
}

/** Streets and houses stand on tinted ground; on the panel's own colour their pale fills would not be seen. */
const onGround: ReadonlySet<string> = new Set(["roads", "buildings"]);

/** A small drawing of an entry, from the paint that the map uses at this zoom. */
export function LegendSwatch({ entry, zoom, theme }: Props) {
  if (entry.geom === "hues") return <Hues theme={theme} />;
  const attributes = entry.sample ?? {};
  return (
    <svg className="legend-swatch" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {onGround.has(entry.group) && <rect width={width} height={height} rx={2} fill={palettes[theme].drawnHues[0]} />}
      {entry.layers
        .filter((layer) => isDrawnAt(layer, zoom))
        .map((layer) => (
          <LayerShape key={layer.id} layer={layer} zoom={zoom} attributes={attributes} geom={entry.geom} />
        ))}
    </svg>
  );
}

/** Six pale squares: the hues as they look over plain land. */
function Hues({ theme }: { theme: Theme }) {
  return (
    <svg className="legend-swatch" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {palettes[theme].drawnHues.map((hue, index) => (
        <rect key={hue} x={(index % 3) * 12} y={Math.floor(index / 3) * 9} width={12} height={9} fill={hue} />
      ))}
    </svg>
  );
}

interface ShapeProps {
  layer: LayerSpecification;
  zoom: number;
  attributes: Attributes;
  geom: LegendEntry["geom"];
}

function LayerShape({ layer, zoom, attributes, geom }: ShapeProps) {
  if (layer.type === "fill") {
    return (
      <rect
        x={2}
        y={2}
        width={width - 4}
        height={height - 4}
        fill={resolveColour(layer, "fill-color", zoom, attributes)}
        fillOpacity={resolveNumber(layer, "fill-opacity", zoom, attributes, 1)}
      />
    );
  }
  if (layer.type === "line")
    return <LineShape layer={layer} zoom={zoom} attributes={attributes} isEdge={geom === "fill"} />;
  if (layer.type === "symbol") {
    const name = resolveProperty(layer, "layout", "icon-image", zoom, attributes);
    return typeof name === "string" ? <SymbolShape name={name} /> : null;
  }
  return null;
}

/** A stretch of line, or the outline of a face; dashes are in line widths, as the style counts them. */
function LineShape({ layer, zoom, attributes, isEdge }: Omit<ShapeProps, "geom"> & { isEdge: boolean }) {
  const stroke = Math.min(widestLine, resolveNumber(layer, "line-width", zoom, attributes, 1));
  const gap = Math.min(widestLine - 2, resolveNumber(layer, "line-gap-width", zoom, attributes, 0));
  const dashes = resolveProperty(layer, "paint", "line-dasharray", zoom, attributes);
  const pen = {
    stroke: resolveColour(layer, "line-color", zoom, attributes),
    strokeOpacity: resolveNumber(layer, "line-opacity", zoom, attributes, 1),
    strokeWidth: stroke,
    strokeDasharray: Array.isArray(dashes) ? dashes.map((dash) => Number(dash) * stroke).join(" ") : undefined,
    fill: "none",
  };
  if (isEdge) return <rect x={2} y={2} width={width - 4} height={height - 4} {...pen} />;
  if (gap === 0) return <path d={`M0 ${height / 2}H${width}`} {...pen} />;
  const away = (gap + stroke) / 2;
  return <path d={`M0 ${height / 2 - away}H${width}M0 ${height / 2 + away}H${width}`} {...pen} />;
}

function SymbolShape({ name }: { name: string }) {
  const drawing = drawSymbol(name);
  const scale = Math.min(1, height / drawing.height);
  const shift = `translate(${(width - drawing.width * scale) / 2} ${(height - drawing.height * scale) / 2}) scale(${scale})`;
  return (
    <g transform={shift}>
      {drawing.parts.map((part) => (
        <Part key={"path" in part ? `${part.path}${part.fill}${part.stroke}` : part.text} part={part} />
      ))}
    </g>
  );
}

function Part({ part }: { part: SymbolPart }) {
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

function isDrawnAt(layer: LayerSpecification, zoom: number): boolean {
  return zoom >= (layer.minzoom ?? 0) && zoom < (layer.maxzoom ?? 24);
}
