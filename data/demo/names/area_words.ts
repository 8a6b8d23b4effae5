import { randomFor, shuffle } from "../random.ts";

/** Words for the areas of one district. No word is given twice in a city: the bare word becomes a grid's short name. */
export interface AreaWords {
  subdistricts: string[];
  town: string;
  zone: string;
  /** For communities of old streets, of both kinds of river bank, and of anything else. */
  old: string[];
  river: string[];
  communities: string[];
  villages: string[];
}

/** The first district, chosen by hand. */
const chosen: AreaWords = {
  subdistricts: ["幸福", "青年", "城关", "北湖", "建业", "河滨", "南山", "新港"],
  town: "柳塘",
  zone: "海源",
  old: ["鼓楼", "文庙", "东关", "西关", "仁里", "书院", "槐荫", "石桥", "孝义", "南关", "古井", "粮市"],
  river: ["临江", "望河", "渡口", "沙洲", "鹭洲", "水岸"],
  communities: (
    "朝阳 永安 光明 红星 平安 友谊 长兴 康乐 和平 团结 春晖 曙光 梧桐 玉兰 海棠 紫荆 银杏 丁香 翠湖 清源 明珠 星河 松涛 " +
    "桃园 杏林 锦程 云锦 望月 紫云 凤鸣 金穗 同德 安居 静安 花溪 百川 惠民 振华 新风 育才 景明 天和 四季 佳和 文兴 华苑 " +
    "芳草 彩虹 枫林 荷塘 向荣 德馨 民乐 瑞景 晨光 怡和 祥云 福临 远航 众兴"
  ).split(" "),
  villages: ["柳林", "沙埠", "石佛", "杨树", "高庄", "河口", "前塘", "后塘"],
};

const firstCharacters =
  "安昌春德芳福广恒宏嘉建金锦康兰乐丽宁清庆荣盛顺泰文新兴秀裕远云瑞永玉祥青白石松竹梅柳桂枫银碧翠蓝紫晨晴景星月凤鹤东西南北";
const secondCharacters = "宝昌城川达阁岗光河华江岭龙门民平泉胜水亭通湾旺溪霞阳园源泽州庄营桥堂坪台洲畈埠湖坊屯集埂";

/** How many words one district of a city takes. */
const wordsPerDistrict = 8 + 2 + 49 + 2 + 6;

/**
 * Words for the areas of a district.
 * @param district - 0 is the one with the golden figures; 38 more are drawn from pairs of characters
 * @throws RangeError beyond that
 */
export function areaWords(district: number): AreaWords {
  if (district === 0) return chosen;
  const words = drawnWords.slice((district - 1) * wordsPerDistrict, district * wordsPerDistrict);
  if (words.length < wordsPerDistrict) throw new RangeError(`areaWords: no words left for district ${district}`);
  const take = (count: number) => words.splice(0, count);
  return {
    subdistricts: take(8),
    town: take(1)[0]!,
    zone: take(1)[0]!,
    old: [],
    river: [],
    villages: take(6),
    communities: take(51),
  };
}

const taken = new Set(Object.values(chosen).flat());
const drawnWords = shuffle(
  randomFor("area words"),
  [...firstCharacters]
    .flatMap((first) => [...secondCharacters].map((second) => first + second))
    .filter((word) => word[0] !== word[1] && !taken.has(word)),
);
