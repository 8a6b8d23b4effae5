import type { Tool } from "../planner_types.ts";
import { borderTool } from "./border_tool.ts";
import { drawTool } from "./draw_tool.ts";
import { giveTool } from "./give_tool.ts";
import { measureTool } from "./measure_tool.ts";
import { mergeTool } from "./merge_tool.ts";
import { selectTool } from "./select_tool.ts";
import { splitTool } from "./split_tool.ts";
import type { MapTool } from "./tool.ts";
import { traceTool } from "./trace_tool.ts";

/** In the order of the palette. */
export const mapTools: readonly MapTool[] = [
  selectTool,
  borderTool,
  splitTool,
  mergeTool,
  giveTool,
  traceTool,
  drawTool,
  measureTool,
];

export function toolOf(name: Tool): MapTool {
  return mapTools.find((tool) => tool.name === name)!;
}
