/** Nodes by cost, the cheapest first; a node may stand in it several times. */
export interface CostQueue {
  push(node: number, cost: number): void;
  /** Takes the cheapest away; −1 when there is none. */
  pop(): number;
  /** Of the node that `pop` gave last. */
  lastCost(): number;
}

/** A binary heap on two plain arrays. */
export function createCostQueue(): CostQueue {
  const nodes: number[] = [];
  const costs: number[] = [];
  let last = 0;

  const sink = (node: number, cost: number): void => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= nodes.length) break;
      if (child + 1 < nodes.length && costs[child + 1]! < costs[child]!) child++;
      if (costs[child]! >= cost) break;
      nodes[at] = nodes[child]!;
      costs[at] = costs[child]!;
      at = child;
    }
    nodes[at] = node;
    costs[at] = cost;
  };

  return {
    push(node, cost) {
      let at = nodes.push(node) - 1;
      costs.push(cost);
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (costs[parent]! <= cost) break;
        nodes[at] = nodes[parent]!;
        costs[at] = costs[parent]!;
        at = parent;
      }
      nodes[at] = node;
      costs[at] = cost;
    },
    pop() {
      if (nodes.length === 0) return -1;
      const node = nodes[0]!;
      last = costs[0]!;
      const tail = nodes.pop()!;
      const tailCost = costs.pop()!;
      if (nodes.length > 0) sink(tail, tailCost);
      return node;
    },
    lastCost: () => last,
  };
}
