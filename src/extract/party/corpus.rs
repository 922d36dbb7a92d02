//! Sentences of our own with the parties that an editor would read out of them: who acts, toward whom.

use crate::extract::{ArticleText, party::gazetteer::Gazetteer, read};

/// A day of publication, a text, and an act that must be among those read: `kind ACTOR+ACTOR > TARGET+TARGET`.
/// Targets that begin with `*` are not judged; `-` stands for no act at all, `!kind CODE` for no act of that kind by that party.
type Case = (&'static str, &'static str, &'static str);

const PERSONS: &[Case] = &[
    (
        "2019-06-04",
        "The Trump administration expelled two Cuban diplomats on Tuesday.",
        "rupture USA > CUB",
    ),
    (
        "2019-06-04",
        "North Korea tested a missile on Monday. The North accused the United States on Tuesday of piracy.",
        "accusation PRK > USA",
    ),
    (
        "2019-06-04",
        "The trail leads to the North, where the walkers accused Syria on Tuesday.",
        "-",
    ),
    (
        "2005-11-04",
        "Chilean President Ricardo Lagos accused Peru on Friday of a provocation. Lagos also urged Bolivia to stay out of it.",
        "demand CHL > BOL",
    ),
    (
        "2019-06-04",
        "U.S. Assistant Secretary of State for Western Hemisphere Affairs Jane Doe condemned Cuba on Tuesday.",
        "accusation USA > CUB",
    ),
    (
        "2019-06-04",
        "Norway's foreign ministry wrote to Russia. Sweden agreed. Ministry spokeswoman Jane Doe condemned Syria on Tuesday.",
        "accusation NOR > SYR",
    ),
    (
        "2019-06-04",
        "Russian missile strikes hit the port of Odesa in Ukraine on Tuesday.",
        "military RUS > UKR",
    ),
    (
        "1996-06-04",
        "Israeli-Syrian talks were cut off on Tuesday.",
        "rupture ISR+SYR > *",
    ),
    (
        "1996-06-04",
        "The Organization of African Unity condemned Nigeria on Tuesday.",
        "accusation OAU > NGA",
    ),
    (
        "1998-03-02",
        "Presidents Leonid Kuchma of Ukraine and Boris Yeltsin of Russia signed a trade treaty on Monday.",
        "agreement UKR+RUS > *",
    ),
    (
        "1998-03-02",
        "President Clinton accused Iraq on Monday of hiding weapons.",
        "accusation USA > IRQ",
    ),
    (
        "1998-03-02",
        "Secretary of State Madeleine Albright warned Yugoslav President Slobodan Milosevic on Monday that patience was running out.",
        "warning USA > YUG+SRB",
    ),
    (
        "1999-05-12",
        "Milosevic rejected the demands of NATO on Wednesday.",
        "denial YUG+SRB > NATO",
    ),
    (
        "1996-05-14",
        "Palestinian leader Yasser Arafat met Israeli Foreign Minister Ehud Barak in Cairo on Tuesday.",
        "meeting PSE > ISR",
    ),
    (
        "1997-09-09",
        "Netanyahu denounced Arafat on Tuesday.",
        "accusation ISR > PSE",
    ),
    (
        "1991-02-19",
        "Soviet President Mikhail Gorbachev urged Iraq on Tuesday to leave Kuwait.",
        "demand SUN+RUS > IRQ",
    ),
    (
        "2019-06-04",
        "Foreign Minister Jane Doe of Norway condemned the Syrian attack on Tuesday.",
        "accusation NOR > SYR",
    ),
    (
        "2019-06-04",
        "The Norwegian ambassador, Jane Doe, condemned Syria on Tuesday.",
        "accusation NOR > SYR",
    ),
    (
        "2019-06-04",
        "Jane Doe, Norway's foreign minister, condemned Syria on Tuesday.",
        "accusation NOR > SYR",
    ),
    (
        "2019-06-04",
        "Jane Doe, the foreign minister of Norway, condemned Syria on Tuesday.",
        "accusation NOR > SYR",
    ),
    (
        "2019-06-04",
        "A spokesman for the Norwegian foreign ministry condemned Syria on Tuesday.",
        "accusation NOR > SYR",
    ),
    (
        "2019-06-04",
        "A spokeswoman for Norway's foreign ministry, Jane Doe, condemned Syria on Tuesday.",
        "accusation NOR > SYR",
    ),
    (
        "2019-06-04",
        "Norwegian Foreign Ministry spokeswoman Jane Doe condemned Syria on Tuesday. Doe also urged Russia to withdraw its troops.",
        "demand NOR > RUS",
    ),
    (
        "2019-06-04",
        "Norway's foreign ministry met envoys of Syria on Tuesday. The ministry condemned Russia.",
        "accusation NOR > RUS",
    ),
    (
        "2019-06-04",
        "Foreign Ministers Jane Doe of Norway and John Roe of Finland condemned Syria on Tuesday.",
        "accusation NOR+FIN > SYR",
    ),
    (
        "2019-06-04",
        "Opposition leader Jane Doe condemned Syria on Tuesday.",
        "-",
    ),
    (
        "2019-06-04",
        "Former Norwegian minister Jane Doe condemned Syria on Tuesday.",
        "-",
    ),
    (
        "2019-06-04",
        "The Norwegian prime minister, Jane Doe, arrived in Helsinki on Tuesday. She condemned Russia.",
        "accusation NOR > RUS",
    ),
    (
        "2019-06-04",
        "Norway said on Tuesday that it would send aid to Syria. It accused Russia of blocking roads.",
        "accusation NOR > RUS",
    ),
    (
        "2019-06-04",
        "Finland's president met Norway's president in Oslo on Tuesday. The two presidents condemned Russia.",
        "accusation FIN+NOR > RUS",
    ),
    (
        "2019-06-04",
        "The foreign ministers of Finland and Norway met on Tuesday. They condemned Russia.",
        "accusation FIN+NOR > RUS",
    ),
    (
        "2019-06-04",
        "Britain, France and Germany, known as the E3, condemned Iran on Tuesday.",
        "accusation E3+GBR+FRA+DEU > IRN",
    ),
    (
        "2019-06-04",
        "Norway and its neighbour Finland spoke on Tuesday. Both countries condemned Russia.",
        "accusation NOR+FIN > RUS",
    ),
    (
        "2019-06-04",
        "Michael Jordan condemned the referee on Tuesday.",
        "-",
    ),
    (
        "2019-06-04",
        "Georgia Brown accused her neighbour on Tuesday.",
        "-",
    ),
    (
        "2019-06-04",
        "Jordan condemned Israel on Tuesday.",
        "accusation JOR > ISR",
    ),
    (
        "2019-06-04",
        "Chad accused Sudan on Tuesday of arming rebels.",
        "accusation TCD > SDN",
    ),
    (
        "2019-06-04",
        "It told us that the roast turkey came from China, Maine.",
        "-",
    ),
    (
        "2019-06-04",
        "The US condemned Syria on Tuesday.",
        "accusation USA > SYR",
    ),
    (
        "2019-06-04",
        "U.S. officials accused Syria on Tuesday of using gas.",
        "accusation USA > SYR",
    ),
    (
        "2019-06-04",
        "Israeli Prime Minister Jane Doe visited Berlin on Tuesday. Her government accused Iran of piracy.",
        "accusation ISR > IRN",
    ),
    (
        "2019-06-04",
        "Qatar Airways will add flights to Jakarta, it was announced on Tuesday. It accused Boeing of delays.",
        "-",
    ),
    (
        "2019-06-04",
        "President Vladimir Putin spoke to Mr. Erdogan by phone on Tuesday, the Kremlin said.",
        "meeting RUS+TUR > *",
    ),
    (
        "1995-08-30",
        "NATO jets bombed Bosnian Serb positions on Wednesday.",
        "military NATO > REPUBLIKA SRPSKA",
    ),
    (
        "1990-10-04",
        "East Germany and West Germany signed the treaty on Aug. 31.",
        "agreement DDR+DEU > *",
    ),
    (
        "1992-02-04",
        "Czechoslovakia expelled two Iraqi diplomats on Monday.",
        "rupture CSK > IRQ",
    ),
    (
        "2001-04-04",
        "The Taliban rejected the demands of the U.N. Security Council on Wednesday.",
        "denial TALIBAN > UN",
    ),
    (
        "2019-06-04",
        "Northern Ireland police accused the IRA on Tuesday of murder.",
        "accusation GBR > IRA",
    ),
    (
        "2019-06-04",
        "The Iranian news agency said on Tuesday that the talks in Geneva had been useful.",
        "!statement IRN",
    ),
];

const TARGETS: &[Case] = &[
    (
        "2024-09-10",
        "The United States on Tuesday accused Iran of supplying missiles to Russia for use in Ukraine.",
        "accusation USA > IRN",
    ),
    (
        "2024-09-10",
        "Washington accused Iran and North Korea on Tuesday of helping Russia to attack Ukraine.",
        "accusation USA > IRN+PRK",
    ),
    (
        "2024-09-10",
        "France condemned Iran's strikes on Iraq on Tuesday.",
        "accusation FRA > IRN",
    ),
    (
        "2024-09-10",
        "France condemned the attack by Iran on Israel on Tuesday.",
        "accusation FRA > IRN",
    ),
    (
        "2024-09-10",
        "France warned Iran on Tuesday that arming Russia would have consequences.",
        "warning FRA > IRN",
    ),
    (
        "2024-09-10",
        "France warned on Tuesday that Iran would pay a price for arming Russia.",
        "warning FRA > IRN",
    ),
    (
        "2024-09-10",
        "France urged Iran on Tuesday to stop arming Russia.",
        "demand FRA > IRN",
    ),
    (
        "2024-09-10",
        "France called on Iran and Iraq on Tuesday to release the crew of a Greek ship.",
        "demand FRA > IRN+IRQ",
    ),
    (
        "2024-09-10",
        "France demanded on Tuesday that Iran stop arming Russia.",
        "demand FRA > IRN",
    ),
    (
        "2024-09-10",
        "France said on Tuesday that Iran had attacked a Greek ship near Oman.",
        "accusation FRA > IRN",
    ),
    (
        "2024-09-10",
        "France blamed the blast in Iraq on Iran on Tuesday.",
        "accusation FRA > IRN",
    ),
    (
        "2024-09-10",
        "Iran denied on Tuesday that it had sent missiles to Russia, as the United States claimed.",
        "denial IRN > USA",
    ),
    (
        "2024-09-10",
        "Iran rejected on Tuesday French accusations that it had armed Russia.",
        "denial IRN > FRA",
    ),
    (
        "2024-09-10",
        "Iran dismissed a German report on Tuesday that it had armed Russia.",
        "denial IRN > DEU",
    ),
    (
        "2024-09-10",
        "France on Tuesday condemned Iran for executing a German citizen.",
        "accusation FRA > IRN",
    ),
    (
        "2024-09-10",
        "France and Germany on Tuesday imposed sanctions on Iran over its arms sales to Russia.",
        "sanction FRA+DEU > IRN",
    ),
    (
        "2024-09-10",
        "France pledged support to Ukraine on Tuesday against Russia.",
        "pledge FRA > UKR",
    ),
    (
        "2024-09-10",
        "France summoned the Iranian ambassador on Tuesday over a plot against a German journalist.",
        "rupture FRA > IRN",
    ),
];

const NAMED: &[(&str, &str, &str)] = &[
    (
        "The United States imposed sanctions on Tuesday on Iran Air.",
        "IRN",
        "Iran Air",
    ),
    (
        "The United States imposed sanctions on Tuesday on the Iranian company Zephyr Shipping.",
        "IRN",
        "Zephyr Shipping",
    ),
    (
        "The United States imposed sanctions on Tuesday on Iran's Zephyr Shipping Corp.",
        "IRN",
        "Zephyr Shipping Corp",
    ),
    (
        "The United States imposed sanctions on Tuesday on Russia's Northgate Bank and Ostrov Airlines.",
        "RUS",
        "Northgate Bank|Ostrov Airlines",
    ),
    (
        "The United States imposed sanctions on Tuesday on the Russian businessman Ivan Petrenkov.",
        "RUS",
        "Ivan Petrenkov",
    ),
    (
        "The United States imposed sanctions on Tuesday on the Iranian-flagged tanker Silver Dawn.",
        "IRN",
        "Silver Dawn",
    ),
];

/// What is read of a text, as the cases write it.
fn told(day: &str, text: &str) -> Vec<String> {
    let article = ArticleText::new(text, day.parse().unwrap());
    let joined = |codes: &[crate::domain::party::PartyCode]| {
        codes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("+")
    };
    read(&article, Gazetteer::builtin())
        .iter()
        .map(|event| {
            format!(
                "{} {} > {}",
                event.kind.slug(),
                joined(&event.actors),
                joined(&event.targets)
            )
        })
        .collect()
}

fn is_met(expected: &str, told: &[String]) -> bool {
    if expected == "-" {
        return told.is_empty();
    }
    if let Some(none) = expected.strip_prefix('!') {
        return !told.iter().any(|one| one.starts_with(none));
    }
    match expected.split_once('*') {
        Some((head, _)) => told.iter().any(|one| one.starts_with(head)),
        None => told.iter().any(|one| one == expected.trim_end()),
    }
}

fn missed(cases: &[Case]) -> Vec<String> {
    cases
        .iter()
        .filter_map(|(day, text, expected)| {
            let told = told(day, text);
            (!is_met(expected, &told))
                .then(|| format!("{text} expected {expected}, but found {told:?}"))
        })
        .collect()
}

#[test]
fn persons_and_words_that_refer_back_speak_for_their_party() {
    assert_eq!(missed(PERSONS), Vec::<String>::new());
}

#[test]
fn targets_are_those_whom_the_act_is_directed_at() {
    assert_eq!(missed(TARGETS), Vec::<String>::new());
}

#[test]
fn companies_ships_and_persons_are_named_and_count_as_their_home() {
    let mut wrong = Vec::new();
    for (text, home, named) in NAMED {
        let article = ArticleText::new(text, "2024-09-10".parse().unwrap());
        let found = read(&article, Gazetteer::builtin());
        let met = found.iter().any(|event| {
            event
                .targets
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                == [*home]
                && event.named.join("|") == *named
        });
        if !met {
            wrong.push(format!(
                "{text}: {:?}",
                found
                    .iter()
                    .map(|event| (&event.targets, &event.named))
                    .collect::<Vec<_>>()
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
