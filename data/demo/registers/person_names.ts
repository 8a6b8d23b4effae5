import { drawItem, type Random } from "../random.ts";

export type Sex = "male" | "female";
/** Born before 1970, before 1985, later: given names go with the generation. */
export type Generation = "elder" | "middle" | "young";

/** The 100 most frequent surnames, most frequent first, with their weight (about per mille of the Han population). */
const surnames =
  "王76 李74 张71 刘54 陈48 杨32 黄23 赵23 吴21 周21 徐18 孙16 马14 朱13 胡13 郭12 何12 林11 罗11 高11 " +
  "郑10 梁9 谢8 宋8 唐8 许7 韩7 邓6 冯6 曹6 彭6 曾6 肖6 田6 董6 潘5 袁5 蔡5 蒋5 余5 于5 杜5 叶5 程5 魏5 " +
  "苏5 吕5 丁4 任4 卢4 姚4 沈4 钟4 姜4 崔4 谭4 陆4 范4 汪4 廖4 石4 金4 韦3 贾3 夏3 付3 方3 邹3 熊3 白3 " +
  "孟3 秦3 邱3 侯3 江3 尹3 薛3 闫3 段3 雷3 龙2 黎2 史2 陶2 贺2 毛2 郝2 顾2 龚2 邵2 万2 覃2 武2 钱2 戴2 严2 莫2 孔2 向2 常2";

const givenNames: Record<Generation, Record<Sex, string>> = {
  elder: {
    male: "建国 建军 国强 志强 卫东 建华 德胜 永福 长明 福生 志刚 建平 国华 忠诚 广田 保林",
    female: "秀英 桂兰 玉兰 淑珍 桂英 秀兰 凤英 玉珍 爱华 丽华 淑芬 春梅 爱民 金花 素琴 玉梅",
  },
  middle: {
    male: "伟 强 勇 磊 涛 斌 超 波 辉 宏伟 海涛 志明 晓东 建峰 俊 文军 立新 永刚 春生 庆华",
    female: "芳 敏 静 丽 艳 娟 霞 燕 玲 红梅 丽娜 晓燕 海燕 雪梅 慧 秀丽 文娟 晓红 丽萍 春燕",
  },
  young: {
    male: "浩然 宇航 明轩 俊杰 浩 鑫 凯 志远 文博 天宇 嘉豪 一鸣 思远 子健 旭东 泽宇",
    female: "婷 雪 佳 欣怡 雨晴 梦瑶 思琪 晓雯 佳慧 诗涵 欣 雅琴 嘉怡 静怡 可欣 若楠",
  },
};

/** Names of office holders whom everybody knows: nobody in the demo is called so. */
const avoided = new Set(["李强", "王毅", "李鹏", "李勇", "张军", "李超", "陈刚", "赵刚", "马涛", "孙志刚"]);

interface WeightedSurnames {
  names: string[];
  /** Running sum of weights. */
  until: number[];
}

const weighted = weighSurnames();
const given = splitGivenNames();

/** A full name that fits sex and generation. */
export function drawName(random: Random, sex: Sex, generation: Generation): string {
  for (;;) {
    const name = drawSurname(random) + drawItem(random, given[generation][sex]);
    if (!avoided.has(name)) return name;
  }
}

/** A surname by frequency. */
export function drawSurname(random: Random): string {
  const at = random() * weighted.until[weighted.until.length - 1]!;
  let low = 0;
  let high = weighted.until.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weighted.until[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return weighted.names[low]!;
}

function weighSurnames(): WeightedSurnames {
  const names: string[] = [];
  const until: number[] = [];
  let sum = 0;
  for (const entry of surnames.split(" ")) {
    names.push(entry[0]!);
    sum += Number(entry.slice(1));
    until.push(sum);
  }
  return { names, until };
}

function splitGivenNames(): Record<Generation, Record<Sex, string[]>> {
  const split = (names: Record<Sex, string>) => ({ male: names.male.split(" "), female: names.female.split(" ") });
  return { elder: split(givenNames.elder), middle: split(givenNames.middle), young: split(givenNames.young) };
}
