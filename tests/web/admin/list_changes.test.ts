import { expect, test } from "vitest";
import { listChanges } from "../../../web/admin/list_changes.ts";

test("what differs comes first, in words", () => {
  const before = { display_name: "何晓", disabled: false, grants: [{ role: "worker", area_name: "慧泽社区" }] };
  const after = { display_name: "何晓", disabled: true, grants: [{ role: "dispatcher", area_name: "慧泽社区" }] };
  expect(listChanges(before, after, "zh-CN")).toEqual([
    { name: "停用", before: "否", after: "是", differs: true },
    { name: "授权", before: "网格员 · 慧泽社区", after: "指挥员 · 慧泽社区", differs: true },
    { name: "姓名", before: "何晓", after: "何晓", differs: false },
  ]);
});

test("a line with one side only has no differences, and unknown facts keep their names", () => {
  expect(listChanges(null, { rows: 12, folder_name: null, areas: ["a", "b"] }, "en")).toEqual([
    { name: "Rows", before: "—", after: "12", differs: false },
    { name: "folder_name", before: "—", after: "—", differs: false },
    { name: "Areas", before: "—", after: "a\nb", differs: false },
  ]);
});
