declare module "@mapbox/mvt-fixtures" {
  /** Hands over every fixture. */
  export function each(
    take: (fixture: { id: string; description: string; validity: { v2: boolean }; buffer: Buffer }) => void,
  ): void;
}
