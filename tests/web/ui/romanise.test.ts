import { expect, test } from "vitest";
import { countedWords, placeWords } from "../../../data/vocabulary/place_words.ts";
import { romanise } from "../../../web/ui/romanise.ts";

test.each([
  ["慧泽03", "Huize 03"],
  ["石佛02-4", "Shifo 02-4"],
  ["慧泽社区", "Huize Community"],
  ["幸福街道", "Xingfu Subdistrict"],
  ["柳塘镇", "Liutang Town"],
  ["沙埠村", "Shabu Village"],
  ["海源经济开发区", "Haiyuan Economic Development Zone"],
  ["环城西路", "Huancheng West Road"],
  ["前进大街", "Qianjin Street"],
  ["三眼井巷", "Sanyanjing Lane"],
  ["惠民小区", "Huimin Estate"],
  ["医药家属院", "Yiyao Estate"],
  ["春晖小学", "Chunhui Primary School"],
  ["光明路派出所", "Guangming Road Police Station"],
  ["慧泽社区居民委员会", "Huize Community Residents' Committee"],
  ["秋实路柏林路口站", "Qiushi Road Bailin Road Junction Stop"],
  ["澜海恒信纺织有限公司", "Lanhai Hengxin Fangzhi Co., Ltd."],
])("the place %s reads %s", (han, letters) => {
  expect(romanise(han)).toBe(letters);
});

test.each([
  ["慧泽社区第10网格", "Huize Community Grid 10"],
  ["石佛村第3网格第4子网格", "Shifo Village Grid 3 Sub-grid 4"],
  ["时代雅苑3幢", "Shidai Estate Building 3"],
  ["2幢", "Building 2"],
  ["东湖路623号", "Donghu Road No. 623"],
  ["青年街道 › 文庙社区 › 文庙01", "Qingnian Subdistrict › Wenmiao Community › Wenmiao 01"],
])("numbers and separators of %s stay where they are understood", (han, letters) => {
  expect(romanise(han)).toBe(letters);
});

test.each([
  ["吴天宇", "Wu Tianyu"],
  ["丁辉", "Ding Hui"],
  ["单雄信", "Shan Xiongxin"],
  ["曾天宇", "Zeng Tianyu"],
  ["欧阳安", "Ouyang An"],
  ["李平安", "Li Ping'an"],
])("the person %s is called %s, family name first and read as one", (han, letters) => {
  expect(romanise(han, "person")).toBe(letters);
});

test("syllables that could be read two ways are parted, and ü keeps its dots", () => {
  expect(romanise("西安")).toBe("Xi'an");
  expect(romanise("绿柳巷")).toBe("Lüliu Lane");
});

test("a word that is all generic is said in English, a name of two characters is not torn apart", () => {
  expect(romanise("社区")).toBe("Community");
  expect(romanise("东街派出所")).toBe("Dongjie Police Station");
});

test("text without Han stays as it is", () => {
  for (const text of ["", "XF-157", "DN300", "Café 24"]) expect(romanise(text)).toBe(text);
});

test("the same characters are read apart as a place and as a person, also when asked again", () => {
  expect([romanise("乐和"), romanise("乐和", "person"), romanise("乐和")]).toEqual(["Lehe", "Yue He", "Lehe"]);
});

test("no end or counted word is listed twice, and none of its terms holds Han", () => {
  for (const words of [placeWords, countedWords]) {
    const han = words.map(([zh]) => zh);
    expect(han.filter((word, at) => han.indexOf(word) !== at)).toEqual([]);
    expect(words.filter(([, en]) => /\p{Script=Han}/u.test(en) || en === "")).toEqual([]);
  }
});
