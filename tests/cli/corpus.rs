//! Two hundred articles in our own words, made anew for each test: originals, copies, corrections, near-copies, and what cannot
//! be read. What must come of them is written down here, before anything has read them.

use std::{fs, path::Path};

use chrono::{Datelike, Days, NaiveDate};
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};

/// Reports that somebody wrote.
const ORIGINALS: usize = 110;
/// Of these, those that tell in other words what another tells: its event has two independent sources.
const RETOLD: usize = 5;
/// The same words under another address.
const COPIES: usize = 25;
/// The same address with what a feed, a phone or a campaign adds to it.
const AGAIN: usize = 10;
/// Another text under a known address.
const CORRECTIONS: usize = 15;
/// The same report with another headline and dateline, a sentence less and some words changed.
const NEAR_COPIES: usize = 25;
/// In another language.
const FOREIGN: usize = 8;
/// Without a day, or without words.
const UNREADABLE: usize = 7;

/// What must come of the folder.
pub const FILES: usize = 200;
pub const NEW: usize = ORIGINALS + NEAR_COPIES;
pub const KNOWN: usize = COPIES + AGAIN + CORRECTIONS;
pub const FAILED: usize = FOREIGN + UNREADABLE;
/// Every report tells one expulsion.
pub const EXPULSIONS: usize = ORIGINALS - RETOLD;
pub const SOURCES: usize = ORIGINALS + COPIES + NEAR_COPIES;
pub const INDEPENDENT: usize = ORIGINALS;
/// Articles on record: those read, and the other addresses and versions of known ones.
pub const ARTICLES: usize = NEW + COPIES + CORRECTIONS;
pub const STORIES: usize = ORIGINALS;

const _: () = assert!(NEW + KNOWN + FAILED == FILES);

const STATES: [(&str, &str, &str); 15] = [
    ("Britain", "British", "LONDON"),
    ("France", "French", "PARIS"),
    ("Germany", "German", "BERLIN"),
    ("Poland", "Polish", "WARSAW"),
    ("Norway", "Norwegian", "OSLO"),
    ("Sweden", "Swedish", "STOCKHOLM"),
    ("Spain", "Spanish", "MADRID"),
    ("Italy", "Italian", "ROME"),
    ("Japan", "Japanese", "TOKYO"),
    ("Canada", "Canadian", "OTTAWA"),
    ("Brazil", "Brazilian", "BRASILIA"),
    ("Egypt", "Egyptian", "CAIRO"),
    ("Kenya", "Kenyan", "NAIROBI"),
    ("Peru", "Peruvian", "LIMA"),
    ("Chile", "Chilean", "SANTIAGO"),
];
const NUMBERS: [&str; 8] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine",
];
const PLACES: [&str; 12] = [
    "the old harbour",
    "the customs yard",
    "the river quarter",
    "the northern suburb",
    "the railway station",
    "the book market",
    "the botanical garden",
    "the tram depot",
    "the city archive",
    "the fish hall",
    "the ferry landing",
    "the observatory hill",
];
const THINGS: [&str; 12] = [
    "a crate of radio parts",
    "a bundle of maps",
    "an unsigned letter",
    "a box of stamps",
    "a list of telephone numbers",
    "a set of spare keys",
    "a borrowed van",
    "a torn receipt",
    "a pair of binoculars",
    "a notebook in green ink",
    "a wooden case",
    "a roll of film",
];
const PEOPLE: [&str; 12] = [
    "a night porter",
    "a retired clerk",
    "a tram driver",
    "a printer's apprentice",
    "a florist",
    "a lock keeper",
    "a piano tuner",
    "a ship's cook",
    "a school caretaker",
    "a map seller",
    "a baker",
    "a violin maker",
];
const MONTHS: [&str; 6] = ["January", "February", "March", "April", "May", "June"];
/// `{p}` a place, `{t}` a thing, `{w}` somebody, `{n}` a number, `{m}` a month.
const CONTEXT: [&str; 36] = [
    "The file runs to {n} hundred pages, and most of them deal with {t} that was found near {p}.",
    "For {n} weeks officers had sat in a parked car beside {p} and counted who came and went.",
    "It began in {m}, when {w} noticed {t} under a bench and carried it to the nearest police post.",
    "Neighbours of {p} spoke of quiet people who paid in coins and always asked for a window seat.",
    "The court heard {w} behind closed doors and released a summary of {n} short paragraphs.",
    "Nobody at {p} wanted to give a name, although the story had been in every kitchen since {m}.",
    "A photograph shows {t} on a table, beside a ruler and a cup that somebody forgot to take away.",
    "The rent of the rooms above {p} had been settled for {n} years in advance, in cash.",
    "Lawyers argue over whether {t} may be called a document at all under a rule from {m}.",
    "A committee will look at the costs of the inquiry, which grew by {n} per cent since {m}.",
    "The tale of {w} who kept {t} in a hat box made more of an impression than the official account.",
    "School classes had visited {p} on the very morning when {t} changed hands there.",
    "The weather report of that evening in {m} became part of the evidence, since snow keeps footprints.",
    "At {p} the lights went on again after {n} days, and the first visitors were reporters.",
    "An earlier inquiry about {t} had been closed for want of anybody who remembered it.",
    "The {n} suitcases stood for a whole afternoon at {p} before {w} asked whose they were.",
    "Experts in old typewriters were flown in from {n} towns to look at the letter e.",
    "In the cellar below {p} investigators came upon {t}, wrapped in a newspaper from {m}.",
    "The accounts of {w} and of the cleaner differ by {n} minutes, which the judge found telling.",
    "A map with {n} pencil crosses hangs in the corridor, and {p} is not among them.",
    "What became of {t} after {m} is known to {w} alone, or so the lawyers say.",
    "The insurance of {p} does not cover the damage, as it excludes doors opened with a key.",
    "Somebody had oiled the hinges at {p} {n} times in one month, said {w}.",
    "The first telegram about {t} was sent in {m} and arrived with half of its words missing.",
    "Readers wrote {n} hundred letters about {p}, most of them in favour of planting lime trees.",
    "Between {p} and the station lies a path that {w} had walked every day since {m}.",
    "The tape is {n} hours long and holds little more than the sound of {w} whistling.",
    "A ferry timetable from {m} turned out to be the key to the order of events at {p}.",
    "The auctioneer valued {t} at less than a month's wages and put it back into its paper.",
    "On the {n}th page of the record {w} is thanked for patience and good tea.",
    "The gate of {p} is painted green on one side only, which made the sketch easy to place.",
    "There are {n} benches in the square, and {t} lay beneath the last of them.",
    "An official of the archive recalled {w} as a polite reader who returned everything by {m}.",
    "Of the {n} people on the passenger list, one had never left {p}.",
    "The committee that minds {p} has asked for {t} to be shown in a glass case one day.",
    "It took {w} until {m} to understand why the same bicycle leaned there every Thursday.",
];

struct Report {
    site: usize,
    path: String,
    title: String,
    day: NaiveDate,
    paragraphs: Vec<String>,
}

const SITES: [(&str, &str); 8] = [
    ("www.harbour-post.example", "Harbour Post"),
    ("www.northern-wire.example", "Northern Wire"),
    ("www.river-gazette.example", "River Gazette"),
    ("www.evening-ledger.example", "Evening Ledger"),
    ("www.coast-herald.example", "Coast Herald"),
    ("www.capital-observer.example", "Capital Observer"),
    ("www.valley-record.example", "Valley Record"),
    ("www.lamplighter.example", "The Lamplighter"),
];

impl Report {
    fn url(&self) -> String {
        format!("https://{}/{}", SITES[self.site].0, self.path)
    }

    fn page(&self, url: &str) -> String {
        let paragraphs: Vec<String> = self
            .paragraphs
            .iter()
            .map(|paragraph| format!("<p>{paragraph}</p>"))
            .collect();
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><title>{title}</title><link rel=\"canonical\" href=\"{url}\">\
             <meta property=\"og:site_name\" content=\"{site}\"><meta property=\"article:published_time\" content=\"{day}T09:00:00Z\">\
             </head><body><article><h1>{title}</h1>\n{text}\n</article></body></html>\n",
            title = self.title,
            site = SITES[self.site].1,
            day = self.day,
            text = paragraphs.join("\n"),
        )
    }

    /// The same words in another paper.
    fn copied(&self, number: usize) -> Self {
        Self {
            site: (self.site + 1 + number % (SITES.len() - 1)) % SITES.len(),
            path: format!("wire/{number}"),
            title: self.title.clone(),
            day: self.day,
            paragraphs: self.paragraphs.clone(),
        }
    }

    /// As another desk would run it.
    fn edited(&self, number: usize) -> Self {
        let mut paragraphs = self.paragraphs.clone();
        paragraphs.remove(2 + number % 6);
        for paragraph in paragraphs.iter_mut().skip(1) {
            *paragraph = paragraph
                .replace("officers", "detectives")
                .replace("somebody", "someone")
                .replace("nearest", "closest");
        }
        let (_, dateline) = paragraphs[0].split_once(" - ").unwrap();
        paragraphs[0] = format!("HARBOUR CITY (Own desk) - {dateline}");
        Self {
            title: format!("What is known: {}", self.title),
            path: format!("news/{number}.html"),
            paragraphs,
            ..self.copied(number)
        }
    }

    /// With a mistake put right.
    fn corrected(&self, number: usize) -> Self {
        let mut paragraphs = self.paragraphs.clone();
        paragraphs[3 + number % 3] = format!(
            "An earlier text of this report misplaced a date; the editors regret error number {number}."
        );
        Self {
            site: self.site,
            path: self.path.clone(),
            title: self.title.clone(),
            day: self.day,
            paragraphs,
        }
    }
}

fn any<'a>(random: &mut StdRng, of: &[&'a str]) -> &'a str {
    of[random.random_range(0..of.len())]
}

fn context(random: &mut StdRng, sentences: usize) -> Vec<String> {
    let mut pool = CONTEXT.to_vec();
    pool.shuffle(random);
    pool.into_iter()
        .take(sentences)
        .map(|sentence| {
            let sentence = sentence
                .replace("{p}", any(random, &PLACES))
                .replace("{t}", any(random, &THINGS))
                .replace("{w}", any(random, &PEOPLE))
                .replace("{n}", any(random, &NUMBERS))
                .replace("{m}", any(random, &MONTHS));
            let mut signs = sentence.chars();
            signs.next().map_or_else(String::new, |first| {
                first.to_uppercase().collect::<String>() + signs.as_str()
            })
        })
        .collect()
}

fn originals(random: &mut StdRng) -> Vec<Report> {
    let first = NaiveDate::from_ymd_opt(2023, 1, 10).unwrap();
    (0..ORIGINALS)
        .map(|number| {
            // The last few tell what the first few tell, on the same day.
            let told = number % EXPULSIONS;
            let is_retold = number >= EXPULSIONS;
            let actor = STATES[told % STATES.len()];
            let target = STATES[(told + 1 + told / STATES.len()) % STATES.len()];
            let day = first + Days::new(3 * told as u64);
            let on = (day - Days::new(1)).weekday();
            let on = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
                [on.num_days_from_monday() as usize];
            let count = any(random, &NUMBERS);
            let (title, act) = if is_retold {
                (
                    format!("Suitcases are packed at the {} mission", target.1),
                    format!("{} expelled {count} {} diplomats on {on}, and the vans stood ready before dawn.", actor.0, target.1),
                )
            } else {
                (
                    format!("{} sends {} envoys home over affair number {number}", actor.0, target.1),
                    format!("{} expelled {count} {} diplomats on {on}.", actor.0, target.1),
                )
            };
            let mut paragraphs = vec![format!("{} - {act}", actor.2)];
            paragraphs.extend(context(random, 10));
            Report {
                site: random.random_range(0..SITES.len()),
                path: format!("{}/affair-{number}", day.year()),
                title,
                day,
                paragraphs,
            }
        })
        .collect()
}

const FOREIGN_TEXT: [&str; 2] = [
    "Die Gesandten reisen ab\n10. September 2024\n\nDie Gesandten beider Staaten verließen die Stadt am Dienstagabend nach zweitägigen \
     Gesprächen, die ohne Erklärung endeten, und keine Seite wollte sagen, wann man sich wieder treffen würde. Der Hafen blieb \
     unterdessen geschlossen, weil die Schlüssel fehlten.",
    "Les envoyés s'en vont\n10 septembre 2024\n\nLes envoyés des deux pays ont quitté la ville mardi soir après deux jours d'entretiens \
     qui se sont achevés sans déclaration, et personne n'a voulu dire quand ils se reverraient. Le port est resté fermé, parce \
     que les clés manquaient.",
];

/// Writes the folder; the same files each time.
pub fn write(folder: &Path) {
    let mut random = StdRng::seed_from_u64(4);
    let originals = originals(&mut random);
    let mut early: Vec<(String, String)> = Vec::new();
    // What must come after its original has its place behind all others.
    let mut late = Vec::new();
    for report in &originals {
        early.push(("html".to_owned(), report.page(&report.url())));
    }
    for number in 0..COPIES {
        let copy = originals[number * 2].copied(number);
        early.push(("html".to_owned(), copy.page(&copy.url())));
    }
    for number in 0..NEAR_COPIES {
        let edited = originals[number * 4 % ORIGINALS].edited(number);
        early.push(("html".to_owned(), edited.page(&edited.url())));
    }
    for number in 0..AGAIN {
        let report = &originals[number * 7];
        let url = report.url();
        let again = match number % 4 {
            0 => format!("{url}?utm_source=feed&amp;fbclid=x{number}"),
            1 => format!("{url}/amp"),
            2 => url.replace("//www.", "//m."),
            _ => format!("{url}#comments"),
        };
        late.push(("html".to_owned(), report.page(&again)));
    }
    for number in 0..CORRECTIONS {
        let corrected = originals[number * 5 + 1].corrected(number);
        late.push(("html".to_owned(), corrected.page(&corrected.url())));
    }
    for number in 0..FOREIGN {
        let text = FOREIGN_TEXT[number % 2].replace("10", &(10 + number).to_string());
        early.push(("txt".to_owned(), text));
    }
    for number in 0..UNREADABLE {
        let text = match number % 3 {
            0 => "– … –\n".repeat(number + 1),
            1 => format!("A note without a day, number {number}\n\nThe porter had gone home.\n"),
            _ => format!(
                "<html><body><h1>Menu {number}</h1><p>Soup, then soup again.</p></body></html>"
            ),
        };
        early.push(("txt".to_owned(), text));
    }
    early.shuffle(&mut random);
    late.shuffle(&mut random);
    fs::create_dir_all(folder).unwrap();
    for (place, (ending, content)) in early.iter().chain(&late).enumerate() {
        fs::write(folder.join(format!("{place:03}.{ending}")), content).unwrap();
    }
    assert_eq!(early.len() + late.len(), FILES);
}
