import type { SmallPlaceRow } from "../../schema/city_rows.ts";

/** What a shop trades in. */
export interface Trade {
  /** Ends the name: 超市 of 鸿运超市. */
  suffix: string;
  sector: string;
  /** Share among the shops of a street. */
  weight: number;
  /** One of the nine kinds of small places, null where it is none. */
  place: SmallPlaceRow["kind"] | null;
  /** Trades under special police licence or watch (重点行业). */
  key: boolean;
  staff: [number, number];
}

const retail = "批发和零售业";
const food = "餐饮业";
const lodging = "住宿业";
const service = "居民服务业";
const leisure = "文化娱乐业";

const trade = (
  suffix: string,
  sector: string,
  weight: number,
  place: Trade["place"],
  staff: [number, number] = [1, 4],
): Trade => ({ suffix, sector, weight, place, key: false, staff });
const keyTrade = (
  suffix: string,
  sector: string,
  weight: number,
  place: Trade["place"],
  staff: [number, number] = [2, 9],
): Trade => ({ suffix, sector, weight, place, key: true, staff });

export const ordinaryTrades: Trade[] = [
  trade("超市", retail, 10, "shop", [2, 12]),
  trade("便利店", retail, 10, "shop"),
  trade("水果店", retail, 7, "shop"),
  trade("粮油店", retail, 4, "shop"),
  trade("药店", retail, 5, "shop"),
  trade("五金店", retail, 5, "shop"),
  trade("服装店", retail, 7, "shop"),
  trade("鞋店", retail, 3, "shop"),
  trade("文具店", retail, 3, "shop"),
  trade("手机店", retail, 4, "shop"),
  trade("花店", retail, 3, "shop"),
  trade("眼镜店", retail, 2, "shop"),
  trade("电动车行", retail, 3, "shop"),
  trade("家具店", retail, 2, "shop", [2, 6]),
  trade("烟酒店", retail, 4, "shop"),
  trade("面馆", food, 9, "restaurant", [2, 6]),
  trade("早餐店", food, 6, "restaurant", [2, 4]),
  trade("饺子馆", food, 4, "restaurant", [2, 6]),
  trade("火锅店", food, 4, "restaurant", [4, 16]),
  trade("家常菜馆", food, 6, "restaurant", [3, 10]),
  trade("烧烤店", food, 4, "restaurant", [3, 8]),
  trade("奶茶店", food, 4, "restaurant", [2, 4]),
  trade("面包房", food, 3, "restaurant", [2, 5]),
  trade("理发店", service, 6, "bath"),
  trade("美容院", service, 4, "bath", [2, 7]),
  trade("浴室", service, 1, "bath", [3, 8]),
  trade("洗衣店", service, 3, null),
  trade("打印社", service, 2, null),
  trade("房产中介", "房地产业", 4, null, [3, 9]),
  trade("家政服务部", service, 2, null),
  trade("诊所", "卫生业", 3, "clinic", [2, 5]),
  trade("口腔门诊", "卫生业", 2, "clinic", [3, 8]),
  trade("托管中心", "教育业", 3, "school", [2, 6]),
  trade("培训班", "教育业", 2, "school", [3, 8]),
  trade("棋牌室", leisure, 2, "entertainment"),
  trade("裁缝铺", "加工业", 2, "workshop", [1, 3]),
  trade("门窗加工部", "加工业", 2, "workshop", [2, 6]),
  trade("豆腐坊", "加工业", 1, "workshop", [2, 4]),
];

export const keyTrades: Trade[] = [
  keyTrade("宾馆", lodging, 5, "hotel", [4, 20]),
  keyTrade("旅馆", lodging, 5, "hotel", [2, 6]),
  keyTrade("歌厅", leisure, 3, "entertainment", [5, 18]),
  keyTrade("网吧", leisure, 3, "internet", [3, 8]),
  keyTrade("足浴店", service, 3, "bath", [4, 12]),
  keyTrade("金店", retail, 2, "shop", [3, 8]),
  keyTrade("典当行", "金融业", 1, null, [3, 6]),
  keyTrade("汽车修理部", "修理业", 4, "workshop", [2, 9]),
  keyTrade("废品收购站", "废弃资源综合利用业", 2, null, [1, 4]),
  keyTrade("印章店", service, 1, null, [1, 3]),
  keyTrade("二手手机店", retail, 2, "shop", [1, 3]),
];

/** First words of shop names; with a surname before some. */
export const shopWords =
  "鸿运 福满 好邻居 佳佳 百味 顺和 天天 老街 喜来 永兴 万家 诚信 兴隆 金桥 聚福 春来 清源 万客 吉祥 和顺 德盛 同福 康宁 盛世 小城 新时代 阳光 美佳 宏达 东升 益民 家和 丰裕 乐购 青青 雅韵 玉泉 云上 四季 金海 君悦 巧手 悦来 半亩 一品 百姓 大众 惠民 旺角 友谊".split(
    " ",
  );

/** Words and trades of companies. */
export const companyWords =
  "恒信 远大 中联 华信 海川 博远 宏图 晨光 天成 创想 启航 蓝图 致远 金石 同创 泰和 瑞达 鼎盛 明德 卓越 汇通 云帆 千里 精工 安泰 立诚 伟业 正大 凯源 长河".split(
    " ",
  );
export const officeTrades: [string, string][] = [
  ["科技有限公司", "信息技术服务业"],
  ["商贸有限公司", "批发和零售业"],
  ["建筑工程有限公司", "建筑业"],
  ["广告传媒有限公司", "商务服务业"],
  ["物流有限公司", "交通运输业"],
  ["律师事务所", "商务服务业"],
  ["会计师事务所", "商务服务业"],
  ["保险代理有限公司", "金融业"],
  ["装饰设计有限公司", "建筑装饰业"],
  ["人力资源有限公司", "商务服务业"],
];
export const worksTrades: [string, string][] = [
  ["机械制造有限公司", "制造业"],
  ["精密铸造有限公司", "制造业"],
  ["电子有限公司", "制造业"],
  ["纺织有限公司", "制造业"],
  ["食品有限公司", "制造业"],
  ["包装材料有限公司", "制造业"],
  ["新材料有限公司", "制造业"],
  ["家具制造有限公司", "制造业"],
  ["仓储有限公司", "仓储业"],
];
