// An article of our own about acts that never happened, as it would be pasted: the title on the first line.

export const PUBLISHED = '2023-05-16'; // a Tuesday

export const ARTICLE = `Norway punishes Belarus over jailed reporters
Harbour Wire, Oslo, 16 May 2023

Norway imposed sanctions on Belarus on Tuesday over the jailing of eleven reporters.

Poland expelled two Belarusian diplomats on Monday after the verdicts were read out in Minsk.

Finland accused Belarus of taking hostages, a charge that was repeated by several capitals.

Belarus denied the accusation on Tuesday and called the verdicts a domestic matter.

Sweden warned Belarus that more measures would follow.`;

/** The article with the letters of `mark` in its title, so that it is a new one to the record. */
export function variant(mark) {
  return ARTICLE.replace('reporters\n', `reporters, case ${mark}\n`).replace('eleven', `${mark}`);
}
