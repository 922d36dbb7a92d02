//! The thresholds on texts of our own: one report, what others made of it, and what others wrote themselves.

use super::*;

const REPORT: &str = "Two embassies are told to close their trade offices\n\
    The government of Norland told the embassies of Sudland and Westmark on Monday to close their trade offices in the harbour \
    district before the end of the month. The order follows a customs inquiry that began in spring, when inspectors opened a \
    container of machine parts and found papers that named a firm under sanctions. A spokeswoman said that neither mission had \
    answered three letters about the matter, and that the offices had never been part of the chancery. Sudland called the \
    order a breach of the consular treaty and said that it would answer in kind. Westmark asked for a meeting of the joint \
    committee, which last sat two years ago. Traders in the harbour said that they feared delays at the docks, since most \
    permits for timber pass through the two offices. The foreign ministry promised a counter of its own from next week.";

/// What editors do to an agency's report: other headline, a dateline, words changed here and there, one sentence left out.
const EDITED: &str = "Norland shuts trade offices of two missions\n\
    HARBOUR CITY (Agency) - The government of Norland told the embassies of Sudland and Westmark on Monday to close their trade \
    offices in the harbour district before the month is out. The order follows a customs inquiry that began in spring, when \
    officers opened a container of machine parts and found papers that named a company under sanctions. A spokeswoman said \
    that neither mission had answered three letters about the matter, and that the offices had never been part of the \
    chancery. Sudland called the order a breach of the consular treaty and said it would answer in kind. Westmark asked for a \
    meeting of the joint committee. Traders in the harbour said they feared delays at the docks, since most permits for \
    timber pass through the two offices.";

/// The first half alone, as a news site's brief.
const SHORTENED: &str = "Trade offices must close\n\
    The government of Norland told the embassies of Sudland and Westmark on Monday to close their trade offices in the harbour \
    district before the end of the month. The order follows a customs inquiry that began in spring, when inspectors opened a \
    container of machine parts and found papers that named a firm under sanctions. A spokeswoman said that neither mission had \
    answered three letters about the matter.";

/// The report with as much again of the paper's own.
const EXTENDED: &str = "We were never asked, say the people of the harbour. For thirty years the offices above the old sail loft \
    have stamped the papers of every log that leaves the fjord, and the clerks knew each skipper by name. On the quay nobody \
    had heard of an inquiry until the radio spoke of it. An old pilot remembered how a consul once settled a quarrel over a \
    stranded barge with a crate of plums. The mayor wants the rooms for a library. What becomes of the twelve people who \
    work there nobody could say, and the landlord did not want to be named. Business, he said, had been slow in any case, \
    and the roof leaks where the gulls have pulled out the lead.";

/// Another reporter's own words on the same order, with the ministry's sentence quoted by both.
const OWN_WORDS: &str = "Sudland and Westmark lose their harbour counters\n\
    Diplomats of Sudland and Westmark have until the month's end to vacate the premises from which they have handled shipping \
    permits for decades, after Norland withdrew its consent to the arrangement. Officials here link the step to the seizure of \
    industrial equipment that was bound for a blacklisted company. A spokeswoman said that neither mission had answered three \
    letters about the matter. In Sudland's capital the reaction was sharp: the foreign minister spoke of an unfriendly act \
    and announced countermeasures. Westmark was calmer and proposed talks. Importers warned of queues on the quays unless the \
    ministry opens its promised counter in time, because timber cannot be loaded without a stamp.";

/// The same agency, the same form, another story.
const OTHER_STORY: &str = "Three consulates are told to reduce their staff\n\
    The government of Norland told the consulates of Eastholm and Midland on Friday to reduce their staff in the northern \
    province before the end of the year. The order follows a police inquiry that began in autumn, when patrols stopped a \
    lorry of radio sets and found maps that named a base under construction. A spokesman said that neither consulate had \
    explained the journey, and that the drivers had never been on the list of staff. Eastholm called the order unfounded and \
    said that it would protest. Midland asked for a copy of the file, which the court has not released. Guides in the \
    province said that they feared for the season, since most visas for hikers pass through the two consulates.";

fn likeness(text: &str) -> Likeness {
    Likeness::of(text).unwrap()
}

#[test]
fn copies_are_told_from_what_others_wrote_with_room_on_both_sides() {
    let report = likeness(REPORT);
    let whole = format!("{REPORT}\n{EXTENDED}");
    for (name, text, least) in [
        ("the same", REPORT, 1.0),
        ("edited", EDITED, 0.55),
        ("shortened", SHORTENED, 0.0),
        ("extended", whole.as_str(), 0.45),
    ] {
        let copy = likeness(text);
        let (resemblance, containment) = (report.resemblance(&copy), report.containment(&copy));
        println!("{name}: resemblance {resemblance:.2}, containment {containment:.2}");
        assert!(
            report.is_copy_of(&copy),
            "{name}: {resemblance:.2}, {containment:.2}"
        );
        assert!(resemblance >= least, "{name}: {resemblance:.2}");
        assert!(
            resemblance >= RESEMBLES + 0.1 || containment >= CONTAINED + 0.1,
            "{name}: {resemblance:.2}, {containment:.2}"
        );
    }
    for (name, text) in [("own words", OWN_WORDS), ("another story", OTHER_STORY)] {
        let other = likeness(text);
        let (resemblance, containment) = (report.resemblance(&other), report.containment(&other));
        println!("{name}: resemblance {resemblance:.2}, containment {containment:.2}");
        assert!(
            resemblance <= RESEMBLES - 0.1 && containment <= CONTAINED - 0.25,
            "{name}: {resemblance:.2}, {containment:.2}"
        );
    }
}

#[test]
fn copies_share_a_band_and_others_do_not() {
    let bands = likeness(REPORT).bands();
    assert_eq!(bands.len(), BANDS);
    let shared = |text: &str| {
        let other = likeness(text).bands();
        bands.iter().filter(|band| other.contains(band)).count()
    };
    assert_eq!(shared(REPORT), BANDS);
    assert!(shared(EDITED) >= 5, "{}", shared(EDITED));
    assert!(shared(SHORTENED) >= 1);
    assert_eq!(shared(OWN_WORDS), 0);
}

#[test]
fn spacing_case_and_signs_make_no_other_text_and_a_note_has_no_likeness() {
    assert_eq!(
        likeness(REPORT),
        likeness(&REPORT.to_uppercase().replace('\n', "  –  "))
    );
    assert_eq!(Likeness::of("Two envoys left on Monday."), None);
    assert_eq!(Likeness::of(""), None);
}
