//! Whole dates as pages and bylines write them → civil days: “September 10, 2024”, “Mon 10 Sept. 2024”, “10. September 2024”,
//! “2024-09-10T14:05Z”, “10/09/2024”, in the languages of the press.
//!
//! Only dates that name day, month and year, since it is days of publication that are sought here. The days of acts in
//! prose are left to [`crate::extract`]. A day is the one that is written: an instant's offset is not applied.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use chrono::NaiveDate;

use crate::domain::fold::fold;

/// Which of two small numbers is the day, where both could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberOrder {
    /// 10/09/2024 is in September.
    DayFirst,
    /// 10/09/2024 is in October.
    MonthFirst,
    /// Not known: such a date is left out.
    Unknown,
}

impl NumberOrder {
    /// The order of a language tag: months first in the English of the United States, days first elsewhere;
    /// of plain English not known.
    pub fn of_language(tag: &str) -> Self {
        let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
        match tag.as_str() {
            "en-us" => Self::MonthFirst,
            "" | "en" => Self::Unknown,
            _ => Self::DayFirst,
        }
    }
}

/// A whole date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDay {
    /// The day.
    pub day: NaiveDate,
    /// Its bytes in the text.
    pub bytes: Range<usize>,
}

/// Every whole date of a text, in its order.
pub fn days_in(text: &str, order: NumberOrder) -> Vec<FoundDay> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        match date_at(&tokens[place..], order) {
            Some((day, length)) if length > 0 => {
                let last = &tokens[place + length - 1];
                found.push(FoundDay {
                    day,
                    bytes: tokens[place].bytes.start..last.bytes.end,
                });
                place += length;
            }
            _ => place += 1,
        }
    }
    found
}

/// The first whole date of a text.
pub fn first_day(text: &str, order: NumberOrder) -> Option<NaiveDate> {
    days_in(text, order).first().map(|found| found.day)
}

/// The day of a machine-written value: ISO 8601 in its forms, RFC 2822, seconds or milliseconds since 1970; else
/// as [`first_day`] reads it.
pub fn machine_day(value: &str, order: NumberOrder) -> Option<NaiveDate> {
    let value = value.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = value.parse().ok()?;
        return match value.len() {
            8 | 12 | 14 => compact_day(value.get(..8)?),
            10 => day_of_seconds(number),
            13 => day_of_seconds(number / 1000),
            _ => None,
        };
    }
    if let Some(head) = value.get(..8)
        && value.as_bytes().get(8) == Some(&b'T')
        && head.bytes().all(|byte| byte.is_ascii_digit())
    {
        return compact_day(head);
    }
    first_day(value, order)
}

fn compact_day(digits: &str) -> Option<NaiveDate> {
    let number = |range: Range<usize>| digits.get(range)?.parse::<u32>().ok();
    civil(number(0..4)?, number(4..6)?, number(6..8)?)
}

fn day_of_seconds(seconds: i64) -> Option<NaiveDate> {
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(719_163)?).and_then(plausible)
}

/// A day of the years in which articles have appeared on pages or wires.
fn civil(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).and_then(plausible)
}

fn plausible(day: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    (1900..=2100).contains(&day.year()).then_some(day)
}

#[derive(Debug)]
struct Token {
    bytes: Range<usize>,
    what: What,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    /// A number, how many digits it has, and whether a space or nothing but a sign stood before it.
    Number(u32, usize),
    /// A word that is a month's name.
    Month(u32),
    /// A word that may stand between day, month and year: “of”, “de”, an ordinal's ending.
    Link,
    /// Another word.
    Word,
    /// A single sign that is no space.
    Sign(char),
}

/// What matters of a text, spaces left out. Digits and letters part from each other, so that `10th` and `9月` come apart.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut signs = text.char_indices().peekable();
    while let Some((start, sign)) = signs.next() {
        let mut end = start + sign.len_utf8();
        let what = if sign.is_ascii_digit() {
            while let Some((at, _)) = signs.next_if(|(_, next)| next.is_ascii_digit()) {
                end = at + 1;
            }
            let digits = &text[start..end];
            digits
                .parse()
                .map_or(What::Word, |number| What::Number(number, digits.len()))
        } else if is_cjk_unit(sign) {
            What::Sign(sign)
        } else if sign.is_alphabetic() {
            while let Some((at, next)) =
                signs.next_if(|(_, next)| is_word_part(*next) && !is_cjk_unit(*next))
            {
                end = at + next.len_utf8();
            }
            word(&text[start..end])
        } else if sign.is_whitespace() {
            continue;
        } else {
            What::Sign(sign)
        };
        tokens.push(Token {
            bytes: start..end,
            what,
        });
    }
    tokens
}

fn is_word_part(sign: char) -> bool {
    sign.is_alphabetic() || unicode_normalization::char::is_combining_mark(sign)
}

fn is_cjk_unit(sign: char) -> bool {
    matches!(sign, '年' | '月' | '日' | '년' | '월' | '일')
}

fn word(written: &str) -> What {
    if written.len() > 40 {
        return What::Word;
    }
    let folded = fold(written);
    if let Some(month) = MONTHS.get(folded.as_str()) {
        What::Month(*month)
    } else if LINKS.contains(&folded.as_str()) {
        What::Link
    } else {
        What::Word
    }
}

/// Endings and small words between the parts of a date.
const LINKS: [&str; 22] = [
    "st", "nd", "rd", "th", "of", "the", "de", "del", "di", "da", "er", "e", "ta", "г", "года",
    "року", "d", "m", "den", "na", "van", "do",
];

/// The date that begins at the first token, and how many tokens it takes.
fn date_at(tokens: &[Token], order: NumberOrder) -> Option<(NaiveDate, usize)> {
    match tokens.first()?.what {
        What::Number(number, digits) => {
            cjk(tokens)
                .or_else(|| numeric(tokens, order))
                .or_else(|| match digits {
                    1 | 2 => day_month_year(tokens, number),
                    4 => year_month_day(tokens, number),
                    _ => None,
                })
        }
        What::Month(month) => month_day_year(tokens, month),
        _ => None,
    }
}

struct Walk<'a> {
    tokens: &'a [Token],
    place: usize,
}

impl Walk<'_> {
    fn what(&self) -> Option<&What> {
        self.tokens.get(self.place).map(|token| &token.what)
    }

    fn skip(&mut self, passes: impl Fn(&What) -> bool, most: usize) {
        for _ in 0..most {
            if self.what().is_some_and(&passes) {
                self.place += 1;
            }
        }
    }

    fn number(&mut self, digits: &[usize]) -> Option<u32> {
        match self.what()? {
            &What::Number(number, length) if digits.contains(&length) => {
                self.place += 1;
                Some(number)
            }
            _ => None,
        }
    }

    fn month(&mut self) -> Option<u32> {
        match self.what()? {
            &What::Month(month) => {
                self.place += 1;
                Some(month)
            }
            _ => None,
        }
    }

    /// A year in four digits, or in two after an apostrophe.
    fn year(&mut self) -> Option<u32> {
        if matches!(self.what()?, What::Sign('\'' | '’')) {
            self.place += 1;
            return self.number(&[2]).map(|year| 2000 + year);
        }
        self.number(&[4])
    }
}

fn filler(what: &What) -> bool {
    matches!(
        what,
        What::Link | What::Sign('.' | ',' | '-' | '/' | 'º' | '°' | 'ª' | '–' | '|')
    )
}

/// “10 September 2024”, “10th of September, 2024”, “10-Sep-2024”, “1er septembre 2024”, “10 de septiembre de 2024”.
fn day_month_year(tokens: &[Token], day: u32) -> Option<(NaiveDate, usize)> {
    let mut walk = Walk { tokens, place: 1 };
    walk.skip(filler, 2);
    let month = walk.month()?;
    walk.skip(filler, 2);
    let year = walk.year().or_else(|| {
        // 10-Sep-24
        matches!(tokens.get(1)?.what, What::Sign('-'))
            .then(|| walk.number(&[2]).map(|year| 2000 + year))?
    })?;
    civil(year, month, day).map(|found| (found, walk.place))
}

/// “September 10, 2024”, “Sept. 10th 2024”.
fn month_day_year(tokens: &[Token], month: u32) -> Option<(NaiveDate, usize)> {
    let mut walk = Walk { tokens, place: 1 };
    walk.skip(filler, 2);
    let day = walk.number(&[1, 2])?;
    walk.skip(filler, 2);
    let year = walk.year()?;
    civil(year, month, day).map(|found| (found, walk.place))
}

/// “2024. szeptember 10.”, “2024 Sep 10”.
fn year_month_day(tokens: &[Token], year: u32) -> Option<(NaiveDate, usize)> {
    let mut walk = Walk { tokens, place: 1 };
    walk.skip(filler, 2);
    let month = walk.month()?;
    walk.skip(filler, 2);
    let day = walk.number(&[1, 2])?;
    civil(year, month, day).map(|found| (found, walk.place))
}

/// “2024年9月10日”, “2024년 9월 10일”.
fn cjk(tokens: &[Token]) -> Option<(NaiveDate, usize)> {
    let mut walk = Walk { tokens, place: 0 };
    let year = walk.number(&[4])?;
    let unit = |walk: &mut Walk<'_>, signs: [char; 2]| {
        matches!(walk.what(), Some(What::Sign(sign)) if signs.contains(sign))
            .then(|| walk.place += 1)
    };
    unit(&mut walk, ['年', '년'])?;
    let month = walk.number(&[1, 2])?;
    unit(&mut walk, ['月', '월'])?;
    let day = walk.number(&[1, 2])?;
    unit(&mut walk, ['日', '일'])?;
    civil(year, month, day).map(|found| (found, walk.place))
}

/// “2024-09-10”, “2024/9/10”, “10.09.2024”, “10.9.24”, “10/09/2024”.
fn numeric(tokens: &[Token], order: NumberOrder) -> Option<(NaiveDate, usize)> {
    let [first, sign, second, same_sign, third, ..] = tokens else {
        return None;
    };
    let What::Sign(between @ ('-' | '/' | '.' | '‑')) = sign.what else {
        return None;
    };
    if same_sign.what != sign.what {
        return None;
    }
    let touches = |left: &Token, right: &Token| left.bytes.end == right.bytes.start;
    let tight = touches(first, sign) && touches(second, same_sign);
    let (What::Number(a, a_digits), What::Number(b, b_digits), What::Number(c, c_digits)) =
        (&first.what, &second.what, &third.what)
    else {
        return None;
    };
    let (a, b, c) = (*a, *b, *c);
    if !tight || !matches!(b_digits, 1 | 2) {
        return None;
    }
    let day = match (a_digits, c_digits, between) {
        (4, 1 | 2, _) => civil(a, b, c),
        (1 | 2, 4, '.') => civil(c, b, a),
        (1 | 2, 4, _) => small_numbers(a, b, c, order),
        (2, 2, '.') => civil(2000 + c, b, a),
        _ => None,
    }?;
    Some((day, 5))
}

fn small_numbers(a: u32, b: u32, year: u32, order: NumberOrder) -> Option<NaiveDate> {
    match (a > 12, b > 12, order) {
        (true, false, _) | (false, false, NumberOrder::DayFirst) => civil(year, b, a),
        (false, true, _) | (false, false, NumberOrder::MonthFirst) => civil(year, a, b),
        (false, false, NumberOrder::Unknown) if a == b => civil(year, a, b),
        _ => None,
    }
}

/// Names of the months, folded, in the languages of the press; a name that two languages share means one month in both.
const MONTH_NAMES: [&str; 12] = [
    "january jan januar janner jaenner janvier janv enero ene gennaio gen janeiro januari stycznia styczen sty января январь янв \
     січня січень ocak oca leden ledna januara januaris tammikuu tammikuuta januarie ianuarie ian ιανουαριου ιανουαριος january' \
     jaanuar janvaris sausio sijecnja sijecanj януари يناير",
    "february feb febr februar fevrier fevr fev febrero febbraio fevereiro februari lutego luty lut февраля февраль фев лютого \
     лютий subat sub unor unora februara helmikuu helmikuuta februarie φεβρουαριου φεβρουαριος feber veebruar februaris vasario \
     veljace februarja февруари فبراير",
    "march mar marz maerz mars marzo mar. marco maart mrt marca marzec марта март мар березня березень mart brezen brezna marts \
     maaliskuu maaliskuuta martie μαρτιου μαρτιος marcius marec martsi kovo ozujka مارس",
    "april apr avril avr abril abr aprile kwietnia kwiecien kwi апреля апрель апр квітня квітень nisan nis duben dubna aprila \
     huhtikuu huhtikuuta aprilie απριλιου απριλιος aprilis aprill balandzio travnja април أبريل ابريل",
    "may mai mayo maggio mag maio mei maja maj мая май травня травень mayis may. kveten kvetna toukokuu toukokuuta μαιου μαιος \
     majus geguzes svibnja مايو",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июнь июн червня червень haziran haz cerven cervna juna \
     kesakuu kesakuuta iunie ιουνιου ιουνιος junius juuni junijs birzelio lipnja юни يونيو",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июль июл липня липень temmuz tem cervenec cervence \
     jula heinakuu heinakuuta iulie ιουλιου ιουλιος julius juuli julijs liepos srpnja юли يوليو",
    "august aug aout agosto ago augustus sierpnia sierpien sie августа август авг серпня серпень agustos agu srpen srpna augusti \
     augusta elokuu elokuuta αυγουστου αυγουστος augusztus augusts rugpjucio kolovoza أغسطس اغسطس",
    "september sep sept septembre septiembre set settembre setembro wrzesnia wrzesien wrz сентября сентябрь сен сент вересня \
     вересень eylul eyl zari septembra syyskuu syyskuuta septembrie σεπτεμβριου σεπτεμβριος szeptember septembris rugsejo \
     rujna септември سبتمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik paz октября октябрь окт жовтня \
     жовтень ekim eki rijen rijna oktobra lokakuu lokakuuta octombrie οκτωβριου οκτωβριος oktoobe oktoober oktobris spalio \
     октомври أكتوبر اكتوبر",
    "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя листопада листопад kasim kas novembra \
     marraskuu marraskuuta noiembrie νοεμβριου νοεμβριος novembris lapkricio studenog ноември نوفمبر",
    "december dec dezember dez decembre diciembre dic dicembre dezembro grudnia grudzien gru декабря декабрь дек грудня грудень \
     aralik ara prosinec prosince desember des decembra joulukuu joulukuuta decembrie δεκεμβριου δεκεμβριος detsember decembris \
     gruodzio prosinca декември ديسمبر",
];

static MONTHS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    (1..)
        .zip(MONTH_NAMES)
        .flat_map(|(month, names)| {
            names
                .split_whitespace()
                .map(move |name| (fold(name), month))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Vec<String> {
        days_in(text, NumberOrder::Unknown)
            .iter()
            .map(|found| found.day.to_string())
            .collect()
    }

    #[test]
    fn a_day_is_read_in_every_usual_form() {
        for text in [
            "September 10, 2024",
            "Sept. 10, 2024",
            "SEPTEMBER 10 2024",
            "10 September 2024",
            "Tuesday, 10th of September, 2024",
            "Tue 10 Sep 2024 14.05 BST",
            "10-Sep-2024",
            "10-Sep-24",
            "10 Sep ’24",
            "2024-09-10",
            "2024-09-10T23:30:00+02:00",
            "2024/9/10",
            "2024 Sep 10",
            "10.09.2024",
            "10.9.2024, 14:05 Uhr",
            "10. September 2024",
            "10 de septiembre de 2024",
            "10 septembre 2024 à 18h",
            "10 settembre 2024",
            "10 września 2024",
            "10 сентября 2024 года",
            "10 Eylül 2024",
            "2024. szeptember 10.",
            "2024年9月10日",
            "Posted: September 10th, 2024 by A. Writer",
        ] {
            assert_eq!(days(text), ["2024-09-10"], "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_date_is_left() {
        for text in [
            "September 2024",
            "10 September",
            "May 2024 was warm",
            "31 September 2024",
            "2024-13-40",
            "1.2.3",
            "192.168.10.24",
            "10/09/2024",
            "Resolution 2375 (2017)",
            "12 may 2375",
            "10 - 9 - 2024",
        ] {
            assert_eq!(days(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn small_numbers_are_read_by_the_language() {
        let read = |order| first_day("10/09/2024", order).map(|day| day.to_string());
        assert_eq!(read(NumberOrder::DayFirst).as_deref(), Some("2024-09-10"));
        assert_eq!(read(NumberOrder::MonthFirst).as_deref(), Some("2024-10-09"));
        assert_eq!(read(NumberOrder::Unknown), None);
        assert_eq!(
            days("25/09/2024 and 09/25/2024"),
            ["2024-09-25", "2024-09-25"]
        );
        assert_eq!(NumberOrder::of_language("en-US"), NumberOrder::MonthFirst);
        assert_eq!(NumberOrder::of_language("de"), NumberOrder::DayFirst);
    }

    #[test]
    fn a_machines_value_is_read_without_its_offset() {
        let day = |value| machine_day(value, NumberOrder::Unknown).map(|day| day.to_string());
        assert_eq!(
            day("2024-09-10T23:59:59-05:00").as_deref(),
            Some("2024-09-10")
        );
        assert_eq!(day("20240910").as_deref(), Some("2024-09-10"));
        assert_eq!(day("20240910T101112Z").as_deref(), Some("2024-09-10"));
        assert_eq!(day("1725962400").as_deref(), Some("2024-09-10"));
        assert_eq!(day("1725962400000").as_deref(), Some("2024-09-10"));
        assert_eq!(
            day("Tue, 10 Sep 2024 10:00:00 GMT").as_deref(),
            Some("2024-09-10")
        );
        assert_eq!(day("true"), None);
        assert_eq!(day("12345"), None);
    }

    #[test]
    fn bytes_are_those_of_the_written_date() {
        let text = "Veröffentlicht am 10. September 2024.";
        let found = &days_in(text, NumberOrder::Unknown)[0];
        assert_eq!(&text[found.bytes.clone()], "10. September 2024");
    }
}
