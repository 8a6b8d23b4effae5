/**
 * Who is counted together as one sender: an IPv4 address, or the /64 of an IPv6 address, which one customer is given
 * whole. What is no address stands for itself.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "").replace(/%.*$/, "");
  if (!plain.includes(":")) return plain;
  const [head, tail] = plain.toLowerCase().split("::") as [string, string | undefined];
  const groups = head === "" ? [] : head.split(":");
  const behind = tail ? tail.split(":") : [];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - behind.length);
  const full = [...groups, ...Array<string>(missing).fill("0"), ...behind];
  return `${full
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
