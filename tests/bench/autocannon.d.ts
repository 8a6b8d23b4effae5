declare module "autocannon" {
  /** Loads an address from many connections at once. */
  export default function autocannon(options: {
    url: string;
    headers?: Record<string, string>;
    connections: number;
    /** Seconds. */
    duration: number;
  }): Promise<{
    requests: { average: number; total: number };
    statusCodeStats?: Record<string, { count: number }>;
  }>;
}
