/** Names that a network made from a file goes by. */
export interface NetworkNames {
  code: string;
  prefix: string;
  name: string;
  mark: string;
}

/**
 * Code, prefix and mark of a network from its name: `Krems an der Donau` → krems_an_der_donau, KREMSANDERDONAU, 镇.
 * A name without Latin letters gets a code from its characters, so that the same name gives the same code.
 *
 * @param mark - used where the name holds no Han character
 */
export function nameNetwork(name: string, mark: string): NetworkNames {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "");
  const code = words === "" ? `net_${hashOf(name)}` : words.slice(0, 31).replace(/_+$/, "");
  const han = /\p{Script=Han}/u.exec(name)?.[0];
  return { code, prefix: code.replaceAll("_", "").slice(0, 16).toUpperCase(), name, mark: han ?? mark };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193);
  return (hash >>> 0).toString(36);
}
