const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, "WeChat"],
  [/DingTalk\//, "DingTalk"],
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/Firefox\//, "Firefox"],
  [/HeadlessChrome\/|Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** 「Chrome · Windows」 of a User-Agent header; what is none of the known ones is shown as it is, shortened. */
export function describeAgent(agent: string): string {
  const names = [browsers, systems].flatMap((known) => known.find(([mark]) => mark.test(agent))?.[1] ?? []);
  if (names.length > 0) return names.join(" · ");
  return agent.length > 40 ? `${agent.slice(0, 39)}…` : agent || "—";
}
