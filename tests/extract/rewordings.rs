//! The founding article's five acts told in ten other ways, of other parties and on other days.

use crate::scene::{Expected, unmet};

fn check(text: &str, published: &str, expected: &[Expected]) {
    assert_eq!(unmet(text, published, expected), Vec::<String>::new());
}

const fn act(what: &'static str, actors: &'static str, targets: &'static str) -> Expected {
    Expected {
        what,
        actors,
        targets,
    }
}

#[test]
fn belarus_and_the_drones() {
    check(
        "Berlin and Warsaw close ranks over Belarus\n\
         18 March 2024\n\n\
         German Foreign Minister Annalena Baerbock said on Monday that Belarus had supplied drones to Russia.\n\n\
         Baerbock and Polish Foreign Minister Radoslaw Sikorski will travel to Kyiv this week.\n\n\
         She said Berlin had privately warned Belarus that such a delivery would have consequences, and that new sanctions on the carrier Belavia would be imposed later on Monday.\n\n\
         RelatedBelarus denies Western accusations of arming Russia\n",
        "2024-03-18",
        &[
            act("accusation 2024-03-18 occurred", "DEU", "BLR"),
            act("visit 2024-03-18/2024-03-24 announced", "DEU+POL", "UKR"),
            act("warning ../2024-03-18 occurred", "DEU", "BLR"),
            act("sanction 2024-03-18 announced", "DEU", ""),
            act("denial ../2024-03-18 occurred", "BLR", ""),
        ],
    );
}

#[test]
fn rwanda_and_the_rebels() {
    check(
        "Kinshasa accuses Kigali of arming M23\n\n\
         KINSHASA, Feb 12 (Example Wire) - Congolese President Felix Tshisekedi accused Rwanda on Monday of arming the M23 rebels.\n\n\
         Rwanda denied the charge on Tuesday. Congo has repeatedly warned Rwanda against crossing the border.\n\n\
         The government will expel the Rwandan ambassador next week, it said. Tshisekedi is due to visit Angola on Friday.\n",
        "2024-02-13",
        &[
            act("accusation 2024-02-12 occurred", "COD", "RWA"),
            act("denial 2024-02-13 occurred", "RWA", ""),
            act("warning ../2024-02-13 occurred", "COD", "RWA"),
            act("visit 2024-02-16 announced", "COD", "AGO"),
        ],
    );
}

#[test]
fn north_korean_shells() {
    check(
        "Seoul, Tokyo line up against Pyongyang's arms trade\n\n\
         South Korea and Japan will impose sanctions on North Korea on Thursday, South Korean Foreign Minister Cho Tae-yul said.\n\n\
         Cho accused Pyongyang on Tuesday of shipping shells to Russia. North Korea rejected the accusation on Wednesday.\n\n\
         Japanese Foreign Minister Yoko Kamikawa will visit Seoul next month.\n\n\
         Tokyo has warned North Korea before.\n",
        "2024-05-22",
        &[
            act("sanction 2024-05-23 announced", "KOR+JPN", "PRK"),
            act("accusation 2024-05-21 occurred", "KOR", "PRK"),
            act("denial 2024-05-22 occurred", "PRK", ""),
            act("visit 2024-06 announced", "JPN", "KOR"),
            act("warning ../2024-05-22 occurred", "JPN", "PRK"),
        ],
    );
}

#[test]
fn a_caribbean_quarrel() {
    check(
        "Caracas hits back at Guyana\n\n\
         Venezuela has moved troops to the border and will likely use them within days, Guyana's President Irfaan Ali said on Saturday, warning that the region was in danger.\n\n\
         Venezuela denied it on Sunday. Ali and Brazilian President Luiz Inacio Lula da Silva are to visit Suriname on Wednesday.\n\n\
         Washington announced sanctions on Venezuela on Friday.\n",
        "2023-12-10",
        &[
            act("accusation 2023-12-09 occurred", "GUY", "VEN"),
            act("denial 2023-12-10 occurred", "VEN", ""),
            act("visit 2023-12-13 announced", "GUY+BRA", "SUR"),
            act("sanction 2023-12-08 occurred", "USA", "VEN"),
        ],
    );
}

#[test]
fn cables_under_the_baltic() {
    check(
        "Finland to blacklist tanker firm after cable break\n\n\
         Finnish Foreign Minister Elina Valtonen said Russia had attacked a cable in the Baltic.\n\n\
         \"The damage is no accident,\" Valtonen told reporters on Monday. Helsinki would announce sanctions on Russia on Tuesday, she said.\n\n\
         Estonia's Margus Tsahkna and Valtonen will travel to Brussels on Thursday.\n\n\
         Moscow dismissed the claims as baseless on Monday. Estonia had warned Russia in November.\n",
        "2025-01-06",
        &[
            act("sanction 2025-01-07 announced", "FIN", "RUS"),
            act("denial 2025-01-06 occurred", "RUS", ""),
            act("warning 2024-11 occurred", "EST", "RUS"),
            act("visit 2025-01-09 announced", "FIN+EST", ""),
        ],
    );
}

#[test]
fn a_gulf_dispute_in_the_passive() {
    check(
        "Three Lebanese ministers were sanctioned by Saudi Arabia on Sunday.\n\n\
         Lebanon was accused by Riyadh on Monday of sending weapons to the Houthis. The accusation was rejected by Beirut on Tuesday.\n\n\
         Beirut was warned by Riyadh in March. A visit to Beirut by the Kuwaiti foreign minister is planned for 4 November.\n",
        "2021-10-26",
        &[
            act("sanction 2021-10-24 occurred", "SAU", "LBN"),
            act("accusation 2021-10-25 occurred", "SAU", "LBN"),
            act("denial 2021-10-26 occurred", "LBN", ""),
            act("warning 2021-03 occurred", "SAU", "LBN"),
            act("visit 2021-11-04 announced", "KWT", "LBN"),
        ],
    );
}

#[test]
fn a_spy_row_told_in_headlines() {
    check(
        "Canada slaps sanctions on India officials\n\
         12 October 2024\n\n\
         Canada imposed sanctions on two Indian officials on Friday.\n\n\
         RelatedIndia denies Canadian accusations of meddling\n\n\
         RelatedOttawa warns Delhi over plots\n\n\
         RelatedCanada accuses India of interference\n\n\
         Canadian Foreign Minister Melanie Joly will visit Washington on Tuesday.\n",
        "2024-10-12",
        &[
            act("sanction 2024-10-11 occurred", "CAN", "IND"),
            act("denial ../2024-10-12 occurred", "IND", ""),
            act("warning ../2024-10-12 occurred", "CAN", "IND"),
            act("accusation ../2024-10-12 occurred", "CAN", "IND"),
            act("visit 2024-10-15 announced", "CAN", "USA"),
        ],
    );
}

#[test]
fn a_dam_on_the_nile() {
    check(
        "CAIRO, July 8 (Example Agency) - Egypt said on Thursday that Ethiopia had violated a 2015 accord by filling its dam.\n\n\
         Ethiopia rejected the claim hours later. Egypt's Foreign Minister Sameh Shoukry and his Sudanese counterpart will fly to Kinshasa next week.\n\n\
         Addis Ababa had warned Cairo last week against any attack. The Arab League will impose sanctions on Ethiopia within weeks, diplomats from Egypt said.\n",
        "2021-07-09",
        &[
            act("accusation 2021-07-08 occurred", "EGY", "ETH"),
            act("denial 2021-07-08 occurred", "ETH", ""),
            act("visit 2021-07-12/2021-07-18 announced", "EGY", "COD"),
            act("warning 2021-06-28/2021-07-04 occurred", "ETH", "EGY"),
        ],
    );
}

#[test]
fn a_coup_and_its_neighbours() {
    check(
        "The EU, the United States and Britain imposed sanctions on Myanmar on 22 March 2021.\n\n\
         A week later the UN accused the junta in Myanmar of shooting protesters. Myanmar denied that on 30 March.\n\n\
         Indonesian Foreign Minister Retno Marsudi had visited Thailand in February. China warned the EU on Monday against new measures.\n",
        "2021-03-31",
        &[
            act("sanction 2021-03-22 occurred", "EU+USA+GBR", "MMR"),
            act("accusation 2021-03-29 occurred", "UN", "MMR"),
            act("denial 2021-03-30 occurred", "MMR", ""),
            act("visit 2021-02 occurred", "IDN", "THA"),
            act("warning 2021-03-29 occurred", "CHN", "EU"),
        ],
    );
}

#[test]
fn a_live_page_of_one_day() {
    check(
        "Skies close as Algiers and Rabat fall out\n\n\
         Algeria accused Morocco on Wednesday of backing rebels and closed its airspace to Moroccan planes.\n\n\
         Morocco denies the accusation. Spain's Jose Manuel Albares will travel to Algiers on Saturday.\n\n\
         Algeria threatened Morocco last month with a cut in gas supplies.\n",
        "2021-09-23",
        &[
            act("accusation 2021-09-22 occurred", "DZA", "MAR"),
            act("sanction 2021-09-22 occurred", "DZA", "MAR"),
            act("visit 2021-09-25 announced", "ESP", "DZA"),
            act("warning 2021-08 occurred", "DZA", "MAR"),
        ],
    );
}

#[test]
fn what_a_denied_claim_or_a_warning_is_about_is_not_whom_it_is_directed_at() {
    let lines: Vec<String> = crate::scene::candidates(
        "Belarus denied accusations of arming Russia on Tuesday.\n\n\
         Germany warned Belarus on Tuesday that arming Russia would have consequences.\n",
        "2024-03-20",
    )
    .iter()
    .map(crate::scene::line)
    .collect();
    assert!(
        lines.contains(&"denial 2024-03-19 occurred BLR > ".to_owned())
            && lines.contains(&"warning 2024-03-19 occurred DEU > BLR".to_owned()),
        "{lines:?}"
    );
}
