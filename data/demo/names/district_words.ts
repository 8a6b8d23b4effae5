const firstCharacters = [..."澜汐霁岚漪渌沄"];
const secondCharacters = [..."海川屿岭洲浦"];

/** How many districts of a city have a name. */
export const mostDistricts = firstCharacters.length * secondCharacters.length;

/** 澜海区, 汐川区 …: names that no division bears; number 0 is the district with the golden figures. */
export function districtName(number: number): string {
  if (number >= mostDistricts) throw new RangeError(`districtName: no name left for district ${number}`);
  const first = number % firstCharacters.length;
  // Both characters change from one district to the next, so that neighbours do not sound alike.
  const second = (first + Math.floor(number / firstCharacters.length)) % secondCharacters.length;
  return `${firstCharacters[first]}${secondCharacters[second]}区`;
}

/** Six digits that begin the codes of a district; 9001xx is no division. */
export function districtCode(number: number): string {
  return String(900_102 + number);
}
