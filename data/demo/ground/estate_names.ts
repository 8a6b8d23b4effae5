import { drawItem, randomFor } from "../random.ts";
import type { HouseStyle } from "./house_styles.ts";

const words = `
采薇 尚品 金域 瑞丰 泰和 时代 书香 汇景 望湖 学府 听雨 德馨 广济 阳光 华庭 紫薇 香榭 御景 丽景 龙湾
江湾 水岸 映月 揽翠 云栖 枫林 翠堤 锦园 福临 康乐 顺和 安居 怡景 雅居 静安 都市 东方 国际 名仕 盛世
天和 中央 星海 蓝湾 绿洲 金色 银杏园 梅园 兰亭 竹苑 菊香 荣华 富贵 鸿运 嘉禾 嘉和 和顺 惠民 利民 便民
幸福 美满 团圆 喜悦 欣荣 欣欣 向荣 百花 千禧 万福 同心 同德 同乐 共建 共荣 众和 宏业 宏远 伟业 联合
联丰 建安 建业 纺织 机械 化工 电力 邮电 铁路 航运 粮食 商业 教师 医药 轻工 水泥 造船 印刷 棉纺 丝织
凤凰 麒麟 孔雀 金龙 玉龙 青鸾 白鹤 鸳鸯 春江 夏荫 秋水 冬暖 朗月 清风 晨光 晚晴 霞光 流云 飞雪 听涛阁
半岛 湖畔 河畔 溪谷 山水 林语 花语 鸟语 田园 牧云 沁园 漪园 沁春 景明 景泰 景福 文华 文澜 文汇 文苑
博雅 儒林 墨香园 翰墨 芝兰 芳华 芳菲 菁华 菁菁 明珠 明月 明苑 明秀 秀水 秀山 毓秀 钟灵 灵秀 惠泉 甘泉
`
  .trim()
  .split(/\s+/);

const suffixes: Partial<Record<HouseStyle, readonly string[]>> = {
  walk_up: ["新村", "家属院", "小区", "小区", "公寓"],
  slab_11: ["花园", "家园", "雅苑", "小区", "公寓"],
  slab_18: ["花园", "家园", "名苑", "华府"],
  tower_18: ["华府", "公馆", "天城"],
  tower_33: ["华府", "公馆", "天城", "国际"],
};

/** Gives estates names of which none repeats: a word, and what such estates are called. */
export function makeEstateNamer(seed: string): (style: HouseStyle, key: string) => string {
  const taken = new Set<string>();
  return (style, key) => {
    const random = randomFor(`${seed}/estate/${key}`);
    const endings = suffixes[style] ?? ["小区"];
    for (let attempt = 0; ; attempt++) {
      const part = attempt < 80 ? "" : drawItem(random, ["东", "西", "南", "北", "一", "二", "三"]);
      const name = `${drawItem(random, words)}${part}${drawItem(random, endings)}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
}

/** Names of the estates with golden figures. */
export const goldenEstateNames = {
  huize: ["慧泽家园", "慧泽新村"],
  dongjie: ["东街新村", "东街花园", "双桥小区", "东苑家园", "慈云花园", "东湖华府", "钟秀新村", "春晓雅苑"],
} as const;
