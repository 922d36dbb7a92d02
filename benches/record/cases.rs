//! The pages that are asked for: unfiltered, and by each filter's commonest and rarest value, of each record's own.

use std::{collections::HashMap, fmt::Write as _, time::Instant};

use anyhow::{Context as _, Result, ensure};
use chrono::NaiveDate;
use demarche::{
    domain::{
        event::sort_key_of_day,
        filter::{Cursor, TimelineFilter},
        fold::words,
    },
    store::Store,
};

use super::{
    report::{Section, table},
    server::{Engine, Place},
};

/// A case as each record asks it.
struct Case {
    name: String,
    queries: [String; 2],
    /// How many events are found.
    found: [i64; 2],
}

/// Times every case on both records.
pub async fn run(engine: Engine, small: &Place, large: &Place, runs: usize) -> Result<Section> {
    let cases = cases(small, large).await?;
    let client = client()?;
    let servers = [small.serve()?, large.serve()?];
    for server in &servers {
        server.ready(&client).await?;
    }
    let mut rows = Vec::new();
    let mut worst: f64 = 0.0;
    for case in &cases {
        let mut times = [Vec::new(), Vec::new()];
        for run in 0..runs + 3 {
            for ((server, query), times) in servers.iter().zip(&case.queries).zip(&mut times) {
                let begun = Instant::now();
                let answer = client
                    .get(format!("{}/{query}", server.address))
                    .send()
                    .await?;
                ensure!(answer.status().is_success(), "{query}: {}", answer.status());
                answer.bytes().await?;
                // the first ones read what the others find in memory
                if run >= 3 {
                    times.push(begun.elapsed().as_secs_f64() * 1_000.0);
                }
            }
        }
        let [small, large] = times.map(median);
        worst = worst.max(large / small);
        eprintln!(
            "{}: {}: {small:.1} ms, {large:.1} ms",
            engine.label(),
            case.name
        );
        rows.push(vec![
            case.name.clone(),
            case.found[0].to_string(),
            case.found[1].to_string(),
            format!("{small:.1}"),
            format!("{large:.1}"),
            format!("{:.2}", large / small),
        ]);
    }
    let mut text = format!(
        "Pages of the timeline on {}, {} and {} events: the median of {runs}, in milliseconds. The largest ratio is {worst:.2}.\n\n",
        engine.label(),
        small.size,
        large.size,
    );
    text.push_str(&table(
        &[
            "page",
            "events found",
            "of the large",
            "small",
            "large",
            "ratio",
        ],
        &rows,
    ));
    if let Some(made) = large.made {
        let _ = writeln!(
            text,
            "\n`demarche generate` made the large record at {made:.0} events a second."
        );
    }
    Ok(Section {
        mark: engine.name(),
        text,
    })
}

fn client() -> Result<reqwest::Client> {
    // the client is built for encrypted addresses too, and asks for the means
    let _ = rustls::crypto::ring::default_provider().install_default();
    // each on a connection of its own, as a visitor who comes anew
    Ok(reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()?)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The commonest and the rarest value of a filter, by its name.
type Values = Vec<(String, String)>;

async fn cases(small: &Place, large: &Place) -> Result<Vec<Case>> {
    let stores = [small.open().await?, large.open().await?];
    let values = [values(&stores[0]).await?, values(&stores[1]).await?];
    let mut cases = Vec::new();
    for ((name, query), (_, of_large)) in values[0].iter().zip(&values[1]) {
        let queries = [query.clone(), of_large.clone()];
        let mut found = [0; 2];
        for ((store, query), found) in stores.iter().zip(&queries).zip(&mut found) {
            *found = store.count(&filter(query)?).await?;
        }
        cases.push(Case {
            name: name.clone(),
            queries,
            found,
        });
    }
    for store in stores {
        store.close().await;
    }
    Ok(cases)
}

fn filter(query: &str) -> Result<TimelineFilter> {
    let pairs = url::form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
    let parsed = TimelineFilter::parse(pairs, &demarche::domain::clock::Clock::system());
    ensure!(parsed.errors.is_empty(), "{query}: {:?}", parsed.errors);
    Ok(parsed.filter)
}

fn query(pairs: &[(&str, &str)]) -> String {
    format!(
        "?{}",
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    )
}

/// Every case of a record.
async fn values(store: &Store) -> Result<Values> {
    let all = TimelineFilter::default();
    let middle = NaiveDate::from_ymd_opt(2008, 7, 1).context("no such day")?;
    let deep = Cursor(sort_key_of_day(middle)).encode();
    let mut cases = vec![
        ("first page".to_owned(), String::new()),
        ("oldest first".to_owned(), query(&[("sort", "oldest")])),
        ("deep page".to_owned(), query(&[("after", &deep)])),
        (
            "deep page, backward".to_owned(),
            query(&[("before", &deep)]),
        ),
    ];
    let mut add = |name: &str, counts: Vec<(String, i64)>| -> Result<()> {
        let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        let most = counts.iter().max_by_key(|(_, count)| *count);
        let least = counts.iter().min_by_key(|(_, count)| *count);
        for (which, value) in [("commonest", most), ("rarest", least)] {
            let value = &value.context("a record without values")?.0;
            cases.push((format!("{which} {name}"), query(&[(name, value)])));
        }
        Ok(())
    };
    let facets = store.facets(&all).await?;
    let kinds = facets
        .kinds
        .iter()
        .map(|(kind, count)| (kind.to_string(), *count));
    add("kind", kinds.collect())?;
    let modalities = facets.modalities.iter();
    add(
        "modality",
        modalities
            .map(|(modality, count)| (modality.to_string(), *count))
            .collect(),
    )?;
    let parties = store.party_counts().await?;
    for name in ["party", "actor", "target"] {
        let mut counts = Vec::new();
        let ends = parties.iter().take(3).chain(parties.iter().rev().take(20));
        for (code, _) in ends {
            let count = store
                .count(&filter(&query(&[(name, code.as_str())]))?)
                .await?;
            counts.push((code.to_string(), count));
        }
        add(name, counts)?;
    }
    let publishers = store.publisher_counts().await?.into_iter();
    add(
        "source",
        publishers.map(|count| (count.name, count.events)).collect(),
    )?;
    add("q", words_of(store).await?)?;
    for (name, pairs) in [
        ("days: a decade", vec![("from", "2010"), ("to", "2019")]),
        (
            "days: one",
            vec![("from", "1991-02-03"), ("to", "1991-02-03")],
        ),
        ("from", vec![("from", "2005")]),
        ("to", vec![("to", "2005")]),
        (
            "kind, party and days",
            vec![("kind", "sanction"), ("party", "USA"), ("from", "2015")],
        ),
        ("two parties", vec![("actor", "USA"), ("target", "RUS")]),
        ("nothing found", vec![("q", "zzyzx")]),
    ] {
        cases.push((name.to_owned(), query(&pairs)));
    }
    Ok(cases)
}

/// Words of the record's first events and how many events each is found in: the commonest and some of the rarest.
async fn words_of(store: &Store) -> Result<Vec<(String, i64)>> {
    let (events, _) = store
        .export_chunk(&TimelineFilter::default(), None, 2_000)
        .await?;
    let mut counts: HashMap<String, i64> = HashMap::new();
    for event in &events {
        let mut seen = words(&event.content.headline);
        seen.extend(event.content.named.iter().flat_map(|name| words(name)));
        seen.sort_unstable();
        seen.dedup();
        for word in seen {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(word, count), (other, more)| (more, word).cmp(&(count, other)));
    let ends = counts.iter().take(3).chain(counts.iter().rev().take(10));
    let mut found = Vec::new();
    for (word, _) in ends {
        let count = store.count(&filter(&query(&[("q", word)]))?).await?;
        found.push((word.clone(), count));
    }
    Ok(found)
}
