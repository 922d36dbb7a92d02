//! The founding article, which is kept beside the repository and not in it.

use std::{fs, path::Path};

use crate::scene::{Expected, unmet};

#[test]
fn the_founding_article_yields_its_five_acts() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed-article.txt");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("no article at {}: nothing to check here", path.display());
        return;
    };
    let expected = [
        Expected {
            what: "sanction 2024-09-10 announced",
            actors: "USA",
            targets: "IRN",
        },
        Expected {
            what: "visit 2024-09-09/2024-09-15 announced",
            actors: "GBR+USA",
            targets: "UKR",
        },
        Expected {
            what: "warning ../2024-09-10 occurred",
            actors: "USA",
            targets: "IRN",
        },
        Expected {
            what: "accusation 2024-09-10 occurred",
            actors: "USA",
            targets: "IRN+RUS",
        },
        Expected {
            what: "denial ../2024-09-10 occurred",
            actors: "IRN",
            targets: "",
        },
    ];
    assert_eq!(unmet(&text, "2024-09-10", &expected), Vec::<String>::new());
    let sanction = crate::scene::candidates(&text, "2024-09-10")
        .into_iter()
        .find(|event| event.kind.slug() == "sanction")
        .unwrap();
    assert!(
        sanction.named.contains(&"Iran Air".to_owned()),
        "{:?}",
        sanction.named
    );
    for evidence in &sanction.evidence {
        assert!(
            text.get(evidence.clone())
                .is_some_and(|words| !words.is_empty())
        );
    }
}
