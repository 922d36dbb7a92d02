//! The record as a whole: imported, checked, backed up and restored into the other engine.

use demarche::{
    domain::{
        draft::{self, RawFields},
        event::{Event, EventDraft},
        filter::TimelineFilter,
        role::Role,
    },
    store::{
        Author, Change, EventLookup, NewEvent, Store, StoreError,
        import::{ImportError, ImportMode, Imported, ImportedRow},
    },
};

use crate::engine::{NOW, Place, on_both};

on_both! {
    a_backup_restores_into_either_engine_with_ids_counters_and_history,
    a_backup_never_goes_over_an_existing_file,
    only_an_empty_record_takes_a_backup_and_only_a_backup_is_taken,
    an_import_twice_adds_nothing,
    an_import_with_a_bad_row_writes_nothing_and_names_every_bad_row,
    a_dry_run_counts_and_writes_nothing,
    a_sound_record_has_no_problems,
    each_damage_is_named,
}

fn author() -> Author {
    Author("kim".to_owned())
}

async fn draft(store: &Store, fields: &[(&str, &str)]) -> EventDraft {
    let register = store.register().await.unwrap();
    let fields: RawFields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    draft::read(&fields, &register).unwrap()
}

/// Three events, the second of which carries the first out, and a third that is deleted.
async fn fill(store: &Store) {
    let author = author();
    let change = Change {
        author: &author,
        reason: "first entry",
    };
    let warned = draft(
        store,
        &[
            ("kind", "warning"),
            ("date", "2024-09-06"),
            ("headline", "Britain warns Iran over missiles"),
            ("actors", "GBR"),
            ("targets", "IRN"),
            ("source_url", "https://news.example.org/warning"),
            ("source_publisher", "Example Wire"),
            ("source_date", "2024-09-06"),
            ("tags", "missiles|a bar \\| here"),
        ],
    )
    .await;
    let warned = store.create_event(&warned, change).await.unwrap();
    let relation = format!("carries_out:{}", warned.id);
    let imposed = draft(
        store,
        &[
            ("kind", "sanction"),
            ("date", "2024-09-10"),
            ("headline", "The Éluard list is sanctioned"),
            ("actors", "GBR|E3"),
            ("targets", "IRN"),
            ("relations", &relation),
            ("source_url", "https://example.com/listed"),
        ],
    )
    .await;
    store.create_event(&imposed, change).await.unwrap();
    let slip = draft(
        store,
        &[
            ("kind", "meeting"),
            ("date", "2024"),
            ("headline", "A slip"),
        ],
    )
    .await;
    let slip = store.create_event(&slip, change).await.unwrap();
    store
        .delete_event(slip.id, slip.revision, change)
        .await
        .unwrap();
    store.add_user("kim", "hash", Role::Admin).await.unwrap();
    store
        .add_token("importer", Role::Editor, "token hash", &author)
        .await
        .unwrap();
}

async fn timeline(store: &Store) -> Vec<Event> {
    store
        .timeline(&TimelineFilter::default())
        .await
        .unwrap()
        .events
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    let Err(StoreError::Refused(sentence)) = result else {
        panic!("expected a refusal, but found {result:?}");
    };
    sentence
}

fn row(line: u64, event: NewEvent) -> ImportedRow {
    ImportedRow { line, event }
}

/// An event as a file has it.
fn exported(event: &Event) -> NewEvent {
    let mut draft = event.content.clone();
    for source in &mut draft.sources {
        (source.article, source.spans) = (None, Vec::new());
    }
    draft.judgement = event.follow_through;
    draft.date_text = String::new();
    NewEvent {
        id: Some(event.id),
        revision: Some(event.revision),
        created_at: Some(event.created_at),
        updated_at: Some(event.updated_at),
        draft,
    }
}

async fn import(
    store: &Store,
    rows: Vec<ImportedRow>,
    mode: ImportMode,
) -> Result<Imported, ImportError> {
    let author = Author("import".to_owned());
    store
        .import(
            rows,
            mode,
            Change {
                author: &author,
                reason: "",
            },
        )
        .await
}

mod run {
    use super::*;

    pub async fn a_backup_restores_into_either_engine_with_ids_counters_and_history(
        store: Store,
        place: Place,
    ) -> Place {
        fill(&store).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.db");
        store.backup(&file).await.unwrap();
        let names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["copy.db"]);
        let postgres = std::thread::spawn(Place::postgres).join().unwrap();
        for target in [Place::sqlite(), postgres] {
            let restored = target.open_at(NOW).await;
            restored.restore(&file).await.unwrap();
            assert_eq!(timeline(&restored).await, timeline(&store).await);
            assert_eq!(
                restored.history(None, 50).await.unwrap(),
                store.history(None, 50).await.unwrap()
            );
            assert_eq!(
                restored.users().await.unwrap(),
                store.users().await.unwrap()
            );
            assert_eq!(
                restored.tokens().await.unwrap(),
                store.tokens().await.unwrap()
            );
            assert_eq!(restored.check().await.unwrap(), Vec::<String>::new());
            let search = TimelineFilter {
                q: "eluard".to_owned(),
                ..TimelineFilter::default()
            };
            assert_eq!(restored.count(&search).await.unwrap(), 1);
            let author = author();
            let next = draft(
                &restored,
                &[("kind", "visit"), ("date", "2024"), ("headline", "Next")],
            )
            .await;
            let next = restored
                .create_event(
                    &next,
                    Change {
                        author: &author,
                        reason: "",
                    },
                )
                .await
                .unwrap();
            assert_eq!(next.id.counter(), 4, "the deleted event's id stays used");
            restored.close().await;
        }
        place
    }

    pub async fn a_backup_never_goes_over_an_existing_file(store: Store, place: Place) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.db");
        std::fs::write(&file, "mine").unwrap();
        assert_eq!(
            refusal(store.backup(&file).await),
            "the file exists already, and is not written over"
        );
        assert_eq!(std::fs::read(&file).unwrap(), b"mine");
        let nowhere = folder.path().join("no folder/copy.db");
        assert!(refusal(store.backup(&nowhere).await).starts_with("No such file or directory"));
        place
    }

    pub async fn only_an_empty_record_takes_a_backup_and_only_a_backup_is_taken(
        store: Store,
        place: Place,
    ) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.db");
        fill(&store).await;
        store.backup(&file).await.unwrap();
        assert_eq!(
            refusal(store.restore(&file).await),
            "the database is not empty: it holds articles; a backup is restored into an empty one"
        );
        let empty = Place::sqlite();
        let other = empty.open_at(NOW).await;
        let wrong = "expected a file that demarche backup made, but found another";
        for (name, content) in [("a.txt", "not a database at all"), ("b.txt", "")] {
            let file = folder.path().join(name);
            std::fs::write(&file, content).unwrap();
            assert_eq!(refusal(other.restore(&file).await), wrong);
        }
        assert!(
            refusal(other.restore(&folder.path().join("none")).await).starts_with("No such file")
        );
        assert_eq!(other.users().await.unwrap(), []);
        other.restore(&file).await.unwrap();
        other.close().await;
        place
    }

    pub async fn an_import_twice_adds_nothing(store: Store, place: Place) -> Place {
        fill(&store).await;
        let before = timeline(&store).await;
        let rows = || {
            (2..)
                .zip(&before)
                .map(|(line, event)| row(line, exported(event)))
                .collect::<Vec<_>>()
        };
        let again = import(&store, rows(), ImportMode::Write).await.unwrap();
        assert_eq!(
            again,
            Imported {
                created: 0,
                changed: 0,
                unchanged: 2
            }
        );
        assert_eq!(timeline(&store).await, before);

        let other = Place::sqlite();
        let empty = other.open_at("2025-07-01T00:00:00Z").await;
        let first = import(&empty, rows(), ImportMode::Write).await.unwrap();
        assert_eq!(
            first,
            Imported {
                created: 2,
                changed: 0,
                unchanged: 0
            }
        );
        let ids = |events: &[Event]| {
            events
                .iter()
                .map(|event| (event.id, event.created_at))
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&timeline(&empty).await), ids(&before));
        let second = import(&empty, rows(), ImportMode::Write).await.unwrap();
        assert_eq!(
            second,
            Imported {
                created: 0,
                changed: 0,
                unchanged: 2
            }
        );
        assert_eq!(empty.check().await.unwrap(), Vec::<String>::new());
        empty.close().await;
        place
    }

    pub async fn an_import_with_a_bad_row_writes_nothing_and_names_every_bad_row(
        store: Store,
        place: Place,
    ) -> Place {
        fill(&store).await;
        let before = timeline(&store).await;
        let mut stale = exported(&before[0]);
        stale.revision = Some(7);
        "Changed".clone_into(&mut stale.draft.headline);
        let Err(ImportError::Rows(faults)) =
            import(&store, vec![row(2, stale)], ImportMode::Write).await
        else {
            panic!("a stale row was taken");
        };
        assert_eq!(
            faults[0].to_string(),
            format!(
                "line 2, column revision: expected 1, since event {} was changed meanwhile, but found 7; export it anew",
                before[0].id
            )
        );
        let good = draft(
            &store,
            &[("kind", "visit"), ("date", "2024"), ("headline", "Good")],
        )
        .await;
        let mut gone = NewEvent::from(good.clone());
        gone.id = demarche::domain::id::EventId::from_counter(3);
        let lost = draft(
            &store,
            &[
                ("kind", "denial"),
                ("date", "2024"),
                ("headline", "Lost"),
                ("relations", "denies:EV-7K3QX2"),
            ],
        );
        let lost = lost.await;
        let rows = vec![
            row(2, good.into()),
            row(3, gone.clone()),
            row(4, lost.into()),
        ];
        let Err(ImportError::Rows(faults)) = import(&store, rows, ImportMode::Write).await else {
            panic!("bad rows were taken");
        };
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                format!(
                    "line 3, column event_id: expected an event on record or a new one, but {} was deleted",
                    gone.id.unwrap()
                ),
                "line 4, column relations: expected an event on record or in the file, but found EV-7K3QX2, which is neither"
                    .to_owned(),
            ]
        );
        assert_eq!(timeline(&store).await, before);
        place
    }

    pub async fn a_dry_run_counts_and_writes_nothing(store: Store, place: Place) -> Place {
        fill(&store).await;
        let before = timeline(&store).await;
        let mut edited = exported(&before[0]);
        "More is known.".clone_into(&mut edited.draft.summary);
        let new = draft(
            &store,
            &[("kind", "visit"), ("date", "2024"), ("headline", "New")],
        )
        .await;
        let rows = vec![row(2, edited), row(3, new.into())];
        let counted = import(&store, rows.clone(), ImportMode::DryRun)
            .await
            .unwrap();
        assert_eq!(
            counted,
            Imported {
                created: 1,
                changed: 1,
                unchanged: 0
            }
        );
        assert_eq!(timeline(&store).await, before);
        assert_eq!(
            import(&store, rows, ImportMode::Write).await.unwrap(),
            counted
        );
        let EventLookup::Found(event) = store.event(before[0].id).await.unwrap() else {
            panic!("the event is gone");
        };
        assert_eq!(
            (event.revision, event.content.summary.as_str()),
            (2, "More is known.")
        );
        assert_eq!(timeline(&store).await.len(), 3);
        place
    }

    pub async fn a_sound_record_has_no_problems(store: Store, place: Place) -> Place {
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        fill(&store).await;
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        place
    }

    pub async fn each_damage_is_named(store: Store, place: Place) -> Place {
        fill(&store).await;
        let id = timeline(&store).await[0].id;
        for damage in [
            "UPDATE events SET source_count = 2 WHERE id = 2",
            "UPDATE events SET day_last = day_last + 1 WHERE id = 2",
            "UPDATE event_parties SET side = 3 WHERE sort_key IN (SELECT sort_key FROM events WHERE id = 2)",
            "UPDATE month_counts SET count = count + 1",
            "DELETE FROM revisions WHERE event_id = 2",
            "DELETE FROM relations WHERE from_id = 2",
        ] {
            place.sql(damage).await;
        }
        let last = timeline(&store).await[0].content.date.latest().unwrap();
        let day = chrono::Datelike::num_days_from_ce(&last);
        let held = day + 1;
        assert_eq!(
            store.check().await.unwrap(),
            [
                format!("event {id}: it is at revision 1, but its history ends at 0"),
                format!(
                    "event {id}: column day_last holds {held}, but {day} follows from its date 2024-09-10"
                ),
                format!("event {id}: column source_count holds 2, but it has 1"),
                format!("event {id}: its relations are not those of its row"),
                format!("event {id}: the filters do not find it by its parties"),
                "table month_counts: the counts by month are not those of the events".to_owned(),
            ]
        );
        place
    }
}
