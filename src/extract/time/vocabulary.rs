//! The dictionary's words, by what they mean.

use chrono::Weekday;

use super::lexicon::{
    Lexeme::{
        self, Ahead, AheadBefore, Be, Calendar, Cardinal, DayPart, Decade, Meridiem, Month, Noon,
        Ordinal, Past, ShortMonth, ShortWeekday, Zone,
    },
    Part, Season, Unit,
};

/// Words by their meaning, several in a line.
const OTHERS: &[(&str, Lexeme)] = &[
    ("spring springtime", Lexeme::Season(Season::Spring)),
    ("summer summertime", Lexeme::Season(Season::Summer)),
    ("autumn fall", Lexeme::Season(Season::Autumn)),
    ("winter wintertime", Lexeme::Season(Season::Winter)),
    ("early", Lexeme::Part(Part::Early)),
    ("mid middle", Lexeme::Part(Part::Middle)),
    ("late", Lexeme::Part(Part::Late)),
    ("start beginning opening outset", Lexeme::Part(Part::Start)),
    ("end close", Lexeme::Part(Part::End)),
    (
        "morning afternoon evening night nighttime dawn dusk lunchtime daybreak sunset sunrise midmorning \
             midafternoon",
        DayPart,
    ),
    ("noon midnight midday", Noon),
    ("am pm", Meridiem),
    (
        "gmt utc est edt cst cdt mst mdt pst pdt cet cest bst msk et",
        Zone,
    ),
    ("hundred", Cardinal(100)),
    ("thousand", Cardinal(1000)),
    (
        "will would shall ll may might could should must due scheduled slated tentatively",
        Ahead,
    ),
    (
        "expected expects expect planned plans plan planning set poised going intends intend intended hopes hope \
             hoped aims wants want wanted likely prepares preparing prepared agreed agrees agree vowed vows promised \
             promises pledged pledges threatened threatens ready bound supposed is are was were has have had \
             scheduling invited about ordered decided",
        AheadBefore,
    ),
    (
        "said told met held began took gave made went came left won lost fell rose sent spoke struck shot hit cut \
             wrote saw found got ran flew drove became broke built brought bought caught chose felt fought grew heard \
             kept knew led paid sold sought stood swore taught thought threw understood withdrew arose did got gone \
             done taken given seen shown known grown thrown broken chosen spoken written driven flown fallen risen \
             stolen sworn begun become put slid sank drew fled bid shut spent lent dealt meant hung laid lay",
        Past,
    ),
    (
        "meet convene expire begin go come arrive resume gather runs run lasts meets begins starts opens votes resumes expires arrives travels visits holds hosts convenes gathers goes \
             heads takes comes returns faces ends leaves kicks flies unveils",
        Calendar,
    ),
    ("be been being", Be),
];

/// Words that only the reading of tense and surroundings asks for.
pub(super) const EXTRA: &str = "the a an on in at by of to for from since until till before after through during about around \
                     and or but that which who as when while if every each all most good black bloody super ash palm \
                     ahead later early earlier late shortly hours be been is are was were has have had not times \
                     people troops soldiers tons tonnes miles kilometers kilometres men women euros dollars pounds \
                     years homes jobs feet votes deaths points lives families civilians children workers members \
                     employees shares meters metres cases barrels words refugees prisoners page pages";

/// Every word that means something by itself; of a word given twice the first counts.
pub(super) fn entries() -> impl Iterator<Item = (&'static str, Lexeme)> {
    let weekdays = [
        ("monday", "mon", Weekday::Mon),
        ("tuesday", "tue tues", Weekday::Tue),
        ("wednesday", "wed weds", Weekday::Wed),
        ("thursday", "thu thur thurs", Weekday::Thu),
        ("friday", "fri", Weekday::Fri),
        ("saturday", "sat", Weekday::Sat),
        ("sunday", "sun", Weekday::Sun),
    ];
    let months = [
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may", ""),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sept sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ];
    let cardinals = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                     seventeen eighteen nineteen";
    let ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
                    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth";
    let tens = [
        ("twenty", "twentieth", "twenties", 20),
        ("thirty", "thirtieth", "thirties", 30),
        ("forty", "fortieth", "forties", 40),
        ("fifty", "fiftieth", "fifties", 50),
        ("sixty", "sixtieth", "sixties", 60),
        ("seventy", "seventieth", "seventies", 70),
        ("eighty", "eightieth", "eighties", 80),
        ("ninety", "ninetieth", "nineties", 90),
    ];
    let units = [
        ("second seconds minute minutes hour hours", Unit::Hour),
        ("day days", Unit::Day),
        ("week weeks", Unit::Week),
        ("weekend weekends", Unit::Weekend),
        ("fortnight fortnights", Unit::Fortnight),
        ("month months", Unit::Month),
        ("quarter quarters", Unit::Quarter),
        ("year years", Unit::Year),
        ("decade decades", Unit::Decade),
        ("century centuries", Unit::Century),
    ];
    let mut entries = Vec::new();
    for (full, short, weekday) in weekdays {
        entries.push((full, Lexeme::Weekday(weekday)));
        entries.push((short, ShortWeekday(weekday)));
    }
    for (number, (full, short)) in (1..).zip(months) {
        entries.push((full, Month(number)));
        if !short.is_empty() {
            entries.push((short, ShortMonth(number)));
        }
    }
    for (number, word) in (1..).zip(cardinals.split(' ')) {
        entries.push((word, Cardinal(number)));
    }
    for (number, word) in (1..).zip(ordinals.split(' ')) {
        entries.push((word, Ordinal(number)));
    }
    for (cardinal, ordinal, decade, number) in tens {
        entries.push((cardinal, Cardinal(number)));
        entries.push((ordinal, Ordinal(number)));
        entries.push((decade, Decade(number)));
    }
    entries.extend(units.map(|(words, unit)| (words, Lexeme::Unit(unit))));
    entries.extend(OTHERS.iter().copied());
    entries.into_iter()
}
