/** Where a text stops being JSON: line and column, from 1. */
export interface TextPlace {
  line: number;
  column: number;
}

const space = /[\t\n\r ]*/y;
const word = /"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Finds the first character that JSON does not allow; V8 tells its place only for some errors. Keeps open brackets in
 * an array, so that no depth overflows the stack.
 *
 * @param text - what `JSON.parse` refused
 */
export function locateJsonError(text: string): TextPlace {
  const open: ("{" | "[")[] = [];
  let at = 0;
  let needs: "value" | "first" | "key" | "after" = "value"; // "first": a value or key, or the end of what is empty
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text) || pattern.lastIndex === at) return false;
    at = pattern.lastIndex;
    return true;
  };
  for (;;) {
    take(space);
    const sign = text[at];
    const inside = open.at(-1);
    if ((needs === "first" || needs === "after") && inside && sign === (inside === "{" ? "}" : "]")) {
      open.pop();
      at++;
      needs = "after";
    } else if (needs === "after") {
      if (!inside || sign !== ",") return placeOf(text, at);
      at++;
      needs = inside === "{" ? "key" : "value";
    } else if (needs === "key" || (needs === "first" && inside === "{")) {
      if (!take(word)) return placeOf(text, at);
      take(space);
      if (text[at] !== ":") return placeOf(text, at);
      at++;
      needs = "value";
    } else if (sign === "{" || sign === "[") {
      open.push(sign);
      at++;
      needs = "first";
    } else if (take(word) || take(literal)) {
      needs = "after";
    } else return placeOf(text, at);
  }
}

function placeOf(text: string, at: number): TextPlace {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", start)) {
    line++;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}
