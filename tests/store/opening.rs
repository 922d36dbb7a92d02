//! Opening, migrating, and what holds of every connection.

use demarche::store::{STEP_COUNT, Store, StoreError};

use crate::engine::{NOW, Place, block_on, clock, on_both};

on_both! {
    a_missing_database_is_made_and_ready,
    a_database_of_a_newer_program_is_left_alone,
    a_database_of_another_program_is_left_alone,
}

mod run {
    use super::*;

    pub async fn a_missing_database_is_made_and_ready(store: Store, place: Place) -> Place {
        store.ready().await.unwrap();
        assert_eq!(store.engine(), place.engine());
        let again = place.open_at(NOW).await;
        again.ready().await.unwrap();
        again.close().await;
        place
    }

    pub async fn a_database_of_a_newer_program_is_left_alone(_: Store, place: Place) -> Place {
        let number = STEP_COUNT + 1;
        place
            .sql(&format!(
                "INSERT INTO migrations (number, name, checksum, applied_at) VALUES ({number}, 'next', '', 0)"
            ))
            .await;
        let error = Store::open(&place.settings, clock(NOW)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "the database was made by a newer version of this program: it has {number} migrations, but this \
                 version knows {STEP_COUNT}"
            )
        );
        place
    }

    pub async fn a_database_of_another_program_is_left_alone(_: Store, place: Place) -> Place {
        place
            .sql("UPDATE migrations SET checksum = 'edited' WHERE number = 3")
            .await;
        let error = Store::open(&place.settings, clock(NOW)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the database is another program's: expected its migration 0003_publishers, but found 0003_publishers"
        );
        place
    }
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |folder: &str| {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let sqlite = names("migrations/sqlite");
    assert_eq!(sqlite, names("migrations/postgres"));
    assert_eq!(sqlite.len(), STEP_COUNT);
}

#[test]
fn a_commit_on_sqlite_is_on_the_disk_and_foreign_keys_hold() {
    let place = Place::sqlite();
    block_on(async {
        let store = place.open_at(NOW).await;
        let found = store.durability().await.unwrap();
        assert_eq!(
            found,
            ["journal_mode=wal", "synchronous=2", "foreign_keys=1"]
        );
        store.close().await;
    });
}

#[test]
fn an_address_of_no_engine_is_told_what_is_taken() {
    let settings = demarche::store::StoreSettings::of("mysql://localhost/record");
    let error = block_on(Store::open(&settings, clock(NOW))).unwrap_err();
    assert!(matches!(error, StoreError::Unusable(_)));
    assert_eq!(
        error.to_string(),
        "expected a database address such as sqlite://data/demarche.db or postgres://USER:PASSWORD@HOST/NAME"
    );
}

#[test]
fn a_connection_that_the_server_dropped_is_replaced() {
    let place = Place::postgres();
    block_on(async {
        let store = place.open_at(NOW).await;
        store.ready().await.unwrap();
        place
            .sql(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await;
        store.ready().await.unwrap();
        assert!(store.is_empty().await.unwrap());
        store.close().await;
        assert!(matches!(
            store.ready().await,
            Err(StoreError::Unavailable(_))
        ));
    });
}

#[test]
fn a_server_that_is_not_there_is_unavailable() {
    let settings = demarche::store::StoreSettings::of("postgres://nobody@127.0.0.1:1/record");
    let error = block_on(Store::open(&settings, clock(NOW))).unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}
