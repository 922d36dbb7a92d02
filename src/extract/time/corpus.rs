//! Sentences such as news writes, each with the times that it tells: what rules do together.

use super::{TimeContext, read};

/// A line each: day of publication | sentence | `words=date` of each time, with semicolons between.
const SENTENCES: &str = r#"
2024-03-14 | Russian forces struck Kharkiv overnight, killing three. | overnight=2024-03-13/2024-03-14
2024-03-14 | In the early hours of Monday, drones hit the port. | early hours of Monday=2024-03-11
2024-03-14 | The minister, who arrived on Tuesday, had met his counterpart a day earlier. | Tuesday=2024-03-12;a day earlier=2024-03-11
2024-03-14 | By year's end, the troops will have left. | year's end=2024-10/2024-12
2024-03-14 | The two countries have had no ties since 2018. | 2018=2018
2024-03-14 | Iran will respond within days, the general said. | within days=2024-03-14/..
2024-10-05 | Ahead of the anniversary of the 7 October attacks, Israel reinforced its border. | 7 October attacks=2023-10-07
2024-10-20 | Hamas's October 7 assault killed some 1,200 people. | October 7 assault=2023-10-07
2024-03-14 | Talks are held on Tuesdays and every Friday. |
2024-03-14 | The embargo has been in place for a decade. |
2024-03-14 | The ministers will meet in Geneva next week. | next week=2024-03-18/2024-03-24
2024-03-14 | The president is to travel to Kyiv on Monday. | Monday=2024-03-18
2024-03-14 | Washington is expected to announce new sanctions on Friday. | Friday=2024-03-15
2024-03-14 | He told reporters on Wednesday that the talks would resume on Saturday. | Wednesday=2024-03-13;Saturday=2024-03-16
2024-03-14 | The court will rule on the appeal on 21 March. | 21 March=2024-03-21
2024-03-14 | MOSCOW, March 13 (Reuters) - The Kremlin said on Wednesday it was ready for talks. | March 13=2024-03-13;Wednesday=2024-03-13
2024-03-14 | The agreement expires in February 2026. | February 2026=2026-02
2024-03-14 | The deal, which expires in July, was signed in 2022. | July=2024-07;2022=2022
2024-03-14 | Between 2014 and 2021 they met twelve times. | Between 2014 and 2021=2014/2021
2024-03-14 | In the first week of May, a delegation will visit. | first week of May=2024-05-01/2024-05-07
2024-03-14 | Late last year, the EU adopted its 12th package. | Late last year=2023-09/2023-12
2024-03-14 | Earlier this week Beijing recalled its envoy. | Earlier this week=2024-03-11/2024-03-14
2024-03-14 | The visit was put off until next month. | next month=2024-04
2024-03-14 | He was arrested three weeks ago. | three weeks ago=2024-02-22
2024-03-14 | Some weeks ago the two sides signed a protocol. | Some weeks ago=2024-02/2024-03
2024-03-14 | In the mid-1990s, the two countries cut ties. | mid-1990s=1993-05/1996-08
2024-03-14 | During the Cold War of the 1960s and 70s nothing changed. | 1960s=1960/1969;70s=1970/1979
2024-03-14 | In nineteen seventy-nine, students seized the embassy. | nineteen seventy-nine=1979
2024-03-14 | The council meets on 18 and 19 March. | 18 and 19 March=2024-03-18/2024-03-19
2024-03-14 | The summit runs from Thursday to Saturday. | Thursday to Saturday=2024-03-14/2024-03-16
2024-03-14 | Germany summoned the ambassador on Thursday morning. | Thursday morning=2024-03-14
2024-03-14 | Canada will close its embassy by the end of March. | end of March=2024-03-27/2024-03-31
2024-03-14 | On the eve of the summit, Pyongyang fired two missiles. |
2024-03-14 | It was the second test in a week. |
2024-03-14 | The attack came two days after the vote. |
2024-03-14 | The sanctions took effect on Jan. 1. | Jan. 1=2024-01-01
2024-03-14 | The ban takes effect on April 1. | April 1=2024-04-01
2024-03-14 | The ban takes effect from 1 January 2025. | 1 January 2025=2025-01-01
2024-01-03 | The truce was agreed in December. | December=2023-12
2024-01-03 | The truce was agreed on 28 December. | 28 December=2023-12-28
2024-12-30 | The rules come into force on 1 January. | 1 January=2025-01-01
2024-03-14 | 20:45 GMT – Blinken lands in Riyadh | 20:45 GMT=2024-03-14
2024-03-14 | Theresa May said in May that she would go. | May=2023-05
2024-03-14 | The protests in May 1968 shook France. | May 1968=1968-05
2024-03-14 | Fighting resumed on the 10th, he said. | the 10th=2024-03-10
2024-03-14 | They last met in November. | November=2023-11
2024-03-14 | Washington said it would lift the ban within 60 days. | within 60 days=2024-03-14/2024-05-13
2024-03-14 | The talks are due to begin later this month. | later this month=2024-03-14/2024-03-31
2024-03-14 | The previous day Tehran had denied the claim. | previous day=2024-03-13
2024-03-14 | On 24 February 2022 Russia invaded; two days later the West cut its banks from SWIFT. | 24 February 2022=2022-02-24;two days later=2022-02-26
2024-03-14 | The following month the EU froze its assets. | following month=2024-04
2024-03-14 | On Sept. 11, 2001, everything changed. | Sept. 11, 2001=2001-09-11
2024-03-14 | The third-quarter results are due. | third-quarter=2023-07/2023-09
2024-03-14 | It happened in Q3 2023. | Q3 2023=2023-07/2023-09
2024-03-14 | In the summer of 2015 the deal was struck. | summer of 2015=2015-06/2015-08
2024-03-14 | Last summer Ankara bought the missiles. | Last summer=2023-06/2023-08
2024-03-14 | The 1979 revolution ended that. | 1979=1979
2024-03-14 | Tuesday's meeting was the first since January. | Tuesday=2024-03-12;January=2024-01
2024-03-14 | Ahead of Sunday's election, borders were shut. | Sunday=2024-03-17
2024-03-14 | Voters go to the polls on Sunday. | Sunday=2024-03-17
2024-03-14 | Police detained 40 people on Saturday night. | Saturday night=2024-03-09
2024-03-14 | The two had agreed last month to hold talks this Friday. | last month=2024-02;this Friday=2024-03-15
2024-03-14 | North Korea fired a missile on Monday, the day after joint drills ended. | Monday=2024-03-11
2024-03-14 | France recalled its envoy in September 2021, the first time in history. | September 2021=2021-09
2024-03-14 | From 2003 to 2005 he was ambassador to Syria. | From 2003 to 2005=2003/2005
2024-03-14 | Ukraine marked the anniversary on Feb. 24. | Feb. 24=2024-02-24
2024-03-14 | The embassy will reopen in the autumn. | autumn=2024-09/2024-11
2024-03-14 | He said today's decision was wrong. | today=2024-03-14
2024-03-14 | The treaty of 1994 guarantees its borders. | 1994=1994
2024-03-14 | In the coming weeks Berlin will deliver tanks. | In the coming weeks=2024-03-14/..
2024-03-14 | In recent weeks Berlin has delivered tanks. | recent weeks=2024-02/2024-03
2024-03-14 | Over the past six months they have met twice. | past six months=2023-09-14/2024-03-14
2024-03-14 | Published: 14/03/2024 Updated: 15/03/2024 | 14/03/2024=2024-03-14;15/03/2024=2024-03-15
2024-03-14 | Mon 11 Mar 2024 18.30 GMT | Mon 11 Mar 2024 18.30 GMT=2024-03-11
2024-03-14 | On Nov 9, 2023, the council voted. | Nov 9, 2023=2023-11-09
2024-03-14 | The ceasefire ended at midnight on Thursday. | midnight on Thursday=2024-03-14
2024-03-14 | He served as minister from January 2010 until May 2015. | January 2010 until May 2015=2010-01/2015-05
2024-03-14 | In the 19th century Russia took the region. | 19th century=1800/1899
2024-03-14 | The 24-hour deadline expires on Friday at noon. | Friday at noon=2024-03-15
2024-03-14 | Two days ago, Moscow expelled three diplomats. | Two days ago=2024-03-12
2024-03-14 | The company was blacklisted last November. | last November=2023-11
2024-03-14 | In November last year it was blacklisted. | November last year=2023-11
2024-03-14 | The new tariffs start in April. | April=2024-04
2024-03-14 | The pair met on the sidelines of the G20 in Bali in November 2022. | November 2022=2022-11
2024-03-14 | Sanctions will stay until at least 2025. | 2025=2025
2024-03-14 | He will leave on 20 March and return on the 25th. | 20 March=2024-03-20;the 25th=2024-03-25
2024-03-14 | It began on the night of 5 March. | night of 5 March=2024-03-05
2024-03-14 | Some 2000 troops crossed; 1500 were killed. |
2024-03-14 | He won 60 percent in the second round in 2019. | 2019=2019
2024-03-14 | Sources said the strike on Sunday, the third this month, hit a depot. | Sunday=2024-03-10;this month=2024-03
2024-03-14 | A ship seized on 9 March was freed this morning. | 9 March=2024-03-09;this morning=2024-03-14
2024-03-17 | Last week the ministers met. | Last week=2024-03-11/2024-03-17
2024-03-14 | EU leaders agreed on Thursday to open talks in June. | Thursday=2024-03-14;June=2024-06
2024-03-14 | EU leaders agreed in December to open talks. | December=2023-12
2024-03-14 | Lithuania's parliament is due to vote on the bill on 26 March, two weeks after Poland's. | 26 March=2024-03-26
2024-03-14 | The UN General Assembly will convene on Monday afternoon. | Monday afternoon=2024-03-18
2024-03-14 | Putin and Xi spoke by video link on Wednesday evening, ahead of a summit scheduled for Friday. | Wednesday evening=2024-03-13;Friday=2024-03-15
2024-03-14 | Iran said Wednesday it would resume enrichment. | Wednesday=2024-03-13
2024-03-14 | Iran says it will resume enrichment Saturday. | Saturday=2024-03-16
2024-03-14 | Israel bombed Rafah Tuesday as talks resumed in Cairo. | Tuesday=2024-03-12
2024-03-14 | The US will on Friday impose sanctions on more than 500 targets, Adeyemo said. | Friday=2024-03-15
2024-03-14 | The ambassador was summoned on Friday to explain. | Friday=2024-03-08
2024-03-14 | The vote has been postponed to Tuesday. | Tuesday=2024-03-19
2024-03-14 | Erdogan, who visits Berlin on Friday, said he would raise it. | Friday=2024-03-15
2024-03-14 | Scholz arrives in Beijing on Sunday for a three-day visit. | Sunday=2024-03-17
2024-03-14 | Zelenskiy arrived in Riyadh on Sunday for a visit. | Sunday=2024-03-10
2024-03-14 | On Friday the Security Council votes on the text. | Friday=2024-03-15
2024-03-14 | On Friday, the Security Council voted on the text. | Friday=2024-03-08
2024-03-14 | The Security Council could vote as early as Friday. | Friday=2024-03-15
2024-03-14 | He has given them until Sunday to leave. | Sunday=2024-03-17
2024-03-14 | They were given until Sunday to leave. | Sunday=2024-03-17
2024-03-14 | It gave the diplomats 72 hours to leave. |
2024-09-10 | Tehran has denied the charge since last week. | last week=2024-09-02/2024-09-08
2024-09-10 | Blinken, speaking in London on Tuesday, said the missiles would be used within weeks. | Tuesday=2024-09-10;within weeks=2024-09-10/..
2024-09-10 | He is to fly to Warsaw on Thursday after a day of talks in Kyiv on Wednesday. | Thursday=2024-09-12;Wednesday=2024-09-11
2024-09-10 | The trip, announced on Friday, will begin on Wednesday. | Friday=2024-09-06;Wednesday=2024-09-11
2024-09-10 | A meeting planned for later this week was called off. | later this week=2024-09-10/2024-09-15
2024-09-10 | Iran and Russia signed a treaty in January 2025. | January 2025=2025-01
2024-09-10 | The US had sanctioned the airline in 2008 and again in 2018. | 2008=2008;2018=2018
2024-09-10 | On the same day, Paris recalled its ambassador. | same day=2024-09-10
2024-09-10 | Sweden joined in March; Finland had done so the year before. | March=2024-03;year before=2023
2024-09-10 | The ban was lifted in 2016, only to return two years later. | 2016=2016;two years later=2018
2024-09-10 | The two men last spoke in mid-August. | mid-August=2024-08-10/2024-08-20
2024-09-10 | Parliament ratified it in late June. | late June=2024-06-20/2024-06-30
2024-09-10 | Moscow gave them until 1 October to pack. | 1 October=2024-10-01
2024-09-10 | The waiver runs out on 31 December. | 31 December=2024-12-31
2024-09-10 | The measures will apply from January. | January=2025-01
2024-09-10 | Since January, seven envoys have been expelled. | January=2024-01
2024-09-10 | It is the first such visit since September last year. | September last year=2023-09
2024-09-10 | Serbia will vote in December. | December=2024-12
2024-09-10 | After the vote on 1 September, Berlin shut the consulate. | 1 September=2024-09-01
2024-09-10 | The minister resigned in the early hours of Saturday. | early hours of Saturday=2024-09-07
2024-09-10 | The talks broke down late on Sunday night. | late on Sunday night=2024-09-08
2024-09-10 | Hungary's veto, cast on Monday afternoon, angered Brussels. | Monday afternoon=2024-09-09
2024-09-10 | The G7 foreign ministers meet in New York on 23 September. | 23 September=2024-09-23
2024-09-10 | The G7 foreign ministers met in Capri on 19 April. | 19 April=2024-04-19
2024-09-10 | He had been held since 12 April 2022. | 12 April 2022=2022-04-12
2024-09-10 | The Treasury said on Tuesday that it had designated Iran Air. | Tuesday=2024-09-10
2024-09-10 | London said last Thursday it would end the air agreement next year. | last Thursday=2024-09-05;next year=2025
2024-09-10 | The accord was reached in the first half of 2015. | first half of 2015=2015-01/2015-06
2024-09-10 | In a statement dated 9 September, the ministry rejected the claim. | 9 September=2024-09-09
2024-09-10 | Tuesday was the deadline for a reply. | Tuesday=2024-09-10
2024-09-10 | By Monday, 40 countries had signed. | Monday=2024-09-09
2024-09-10 | Three months ago, Armenia froze its membership. | Three months ago=2024-06
2024-09-10 | In three months, Armenia will leave the bloc. | In three months=2024-12
2024-09-10 | Earlier on Tuesday, Kyiv said it had downed 38 drones. | Earlier on Tuesday=2024-09-10
2024-09-10 | Later on Tuesday the council will hold a session. | Later on Tuesday=2024-09-10
2024-09-10 | Yesterday's strike followed a warning on Saturday. | Yesterday=2024-09-09;Saturday=2024-09-07
2024-09-10 | Tomorrow's meeting was moved to Friday. | Tomorrow=2024-09-11;Friday=2024-09-13
2024-09-10 | The UN said in a report on Monday that 50 people had died in August. | Monday=2024-09-09;August=2024-08
2024-09-10 | Xi will host Putin in Beijing from 15 to 17 October. | 15 to 17 October=2024-10-15/2024-10-17
2024-09-10 | They met for three hours on Monday. | Monday=2024-09-09
2024-09-10 | It will take two years to build, the company said on Friday. | Friday=2024-09-06
2024-09-10 | The 10-year treaty of 1987 lapsed in 2019. | 1987=1987;2019=2019
2024-09-10 | At least 12 died in the 2020 and 2022 clashes. | 2020=2020;2022=2022
2024-09-10 | Kim oversaw a launch on Thursday, state media said a day later. | Thursday=2024-09-05;a day later=2024-09-06
2024-09-10 | The drill, which ended on Sunday, began a week earlier. | Sunday=2024-09-08;a week earlier=2024-09-01
2024-09-10 | Ottawa expelled the envoy on 18 September 2023. India hit back the next day. | 18 September 2023=2023-09-18;next day=2023-09-19
2024-09-10 | In August 2008 Russia invaded Georgia. In September it recognised two regions. | August 2008=2008-08;September=2008-09
2024-09-10 | Niger's junta expelled the French ambassador in August last year and quit the accord that December. | August last year=2023-08;that December=2023-12
2024-09-10 | Four days after the coup, the bloc imposed sanctions. |
2024-09-10 | The report, published on the 5th, blames both sides. | the 5th=2024-09-05
2024-09-10 | A decade ago the two were allies. | A decade ago=2010/2019
2024-09-10 | It comes months before the election. |
2024-09-10 | Days after the attack, Washington withdrew. |
2024-09-10 | The week-long truce ended on 1 December 2023. | 1 December 2023=2023-12-01
2024-09-10 | This time next year, he said, the base will be gone. | next year=2025
2024-09-10 | In the months since, talks have stalled. |
2024-09-10 | He was born in 1952 and died on Sunday. | 1952=1952;Sunday=2024-09-08
2024-09-10 | 2 September 2024 - The Security Council met. | 2 September 2024=2024-09-02
2024-09-10 | Sept 9 (Reuters) - Ukraine's military said on Monday it hit a depot. | Sept 9=2024-09-09;Monday=2024-09-09
2024-09-10 | WASHINGTON (AP) — The United States on Tuesday accused Iran. | Tuesday=2024-09-10
2024-09-10 | Speaking on the first anniversary of the attack, he urged calm. |
2024-09-10 | More than 100 were freed during a truce last November. | last November=2023-11
2024-09-10 | He first warned of it in an interview aired Sunday. | Sunday=2024-09-08
2024-09-10 | NATO leaders will gather in The Hague in June 2025. | June 2025=2025-06
2024-09-10 | The ceasefire took hold at 4 a.m. local time on Wednesday. | 4 a.m. local time on Wednesday=2024-09-04
2024-09-10 | It was extended by six months on 31 July. | 31 July=2024-07-31
2024-09-10 | The sanctions, which expire on 15 September, are to be renewed for six months. | 15 September=2024-09-15
2024-09-10 | The sanctions were renewed in March until 15 September. | March=2024-03;15 September=2024-09-15
2024-09-10 | The ministers agreed to reconvene within a month. | within a month=2024-09-10/2024-10-10
2024-09-10 | "We will act on Friday," he said on Monday. | Friday=2024-09-13;Monday=2024-09-09
2024-09-10 | On Monday, he said: "We will act on Friday." | Monday=2024-09-09;Friday=2024-09-13
2024-09-10 | "We acted on Friday," he said on Monday. | Friday=2024-09-06;Monday=2024-09-09
"#;

#[test]
fn sentences_of_news_tell_their_times() {
    let mut faults = Vec::new();
    for line in SENTENCES.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.split(" |").map(str::trim);
        let mut part = || parts.next().unwrap();
        let (published, text, expected) = (part(), part(), part());
        let seen: Vec<String> = read(text, &TimeContext::new(published.parse().unwrap()))
            .iter()
            .map(|found| format!("{}={}", &text[found.start..found.end], found.date))
            .collect();
        let seen = seen.join(";");
        if seen != expected {
            faults.push(format!("{published} “{text}”: {seen}, not {expected}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
