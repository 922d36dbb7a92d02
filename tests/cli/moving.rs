//! `import`, `export`, `backup`, `restore` and `check`.

use crate::scene::{Engine, Scene};

const FEW: &str = "date,kind,headline,actors,targets,source_url\n\
                   2024-09-10,sanction,\"Iran Air, named\",GBR|France,Iran,https://example.org/1\n\
                   2024-09,visit,=Envoys travel,gbr,UKR,\n\
                   ../2024-09-10,warning,A private warning,USA,IRN,\n";

/// The cells of a column that no other record shares: ids, addresses, instants.
fn without_own(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let own = ["event_id", "url", "created_at", "updated_at"];
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            header
                .iter()
                .zip(&record)
                .filter(|(name, _)| !own.contains(name))
                .map(|(_, cell)| cell.to_owned())
                .collect()
        })
        .collect()
}

#[test]
fn what_is_imported_comes_out_on_either_engine_alike() {
    let exports = Engine::BOTH.map(|engine| {
        let scene = Scene::on(engine);
        let file = scene.file("few.csv", FEW);
        assert_eq!(
            scene.run(&["import", &file]).done(),
            "3 new, 0 changed, 0 unchanged\n"
        );
        scene.run(&["export"]).done()
    });
    assert_eq!(without_own(&exports[0]), without_own(&exports[1]));
    assert!(exports[0].starts_with("event_id,revision,url,date,"));
    assert_eq!(exports[0].matches("\r\n").count(), 4);
}

#[test]
fn either_dialect_is_read_back_and_twice_adds_nothing() {
    let scene = Scene::sqlite();
    let few = scene.file("few.csv", FEW);
    scene.run(&["import", &few]).done();
    let raw = scene.run(&["export"]).done();
    for dialect in ["raw", "excel"] {
        let file = scene.path(dialect).to_str().unwrap().to_owned();
        assert_eq!(
            scene
                .run(&["export", "--dialect", dialect, "-o", &file])
                .done(),
            ""
        );
        assert_eq!(
            scene.run(&["import", &file]).done(),
            "0 new, 0 changed, 3 unchanged\n"
        );
        let other = Scene::sqlite();
        assert_eq!(
            other.run(&["import", &file]).done(),
            "3 new, 0 changed, 0 unchanged\n"
        );
        assert_eq!(other.run(&["export"]).done(), raw, "{dialect}");
        assert_eq!(other.run(&["check"]).done(), "no problems\n");
    }
    let excel = std::fs::read_to_string(scene.path("excel")).unwrap();
    assert!(
        excel.starts_with('\u{feff}') && excel.contains(",'=Envoys travel,"),
        "{excel}"
    );
    assert_eq!(scene.run(&["export"]).done(), raw);
}

#[test]
fn one_bad_row_changes_nothing_and_every_bad_row_is_told() {
    for engine in Engine::BOTH {
        let scene = Scene::on(engine);
        let long = "x".repeat(10_000);
        let rows = format!(
            "date,kind,headline,actors\n2024-09-10,sanction,Good,USA\n2024-13-40,tariff,Bad,ZZZ\n2024,visit,{long},\n"
        );
        let file = scene.file("bad.csv", rows);
        let ended = scene.run(&["import", &file]);
        let said: Vec<&str> = ended.err.lines().collect();
        let kinds = "statement, demand, pledge, warning, accusation, denial, meeting, visit, agreement, sanction, relief, \
                     ruling, military, transfer, rupture";
        assert_eq!(
            said,
            [
                format!(
                    "demarche: {file}, line 3, column kind: expected one of {kinds}, but found “tariff”"
                ),
                format!(
                    "demarche: {file}, line 3, column date: expected a day, month or year such as 2024-09-10, 2024-09 or \
                     2024, or an interval such as 2024-09-09/2024-09-15 or 2024-09-10/.., but found “2024-13-40”: there is \
                     no month 13"
                ),
                format!(
                    "demarche: {file}, line 3, column actors: expected the code or name of a party on record, but found “ZZZ”"
                ),
                format!(
                    "demarche: {file}, line 4, column headline: expected at most 300 characters, but found 10000"
                ),
                format!("demarche: {file}: nothing was imported"),
            ]
        );
        assert_eq!(ended.failed(1).lines().count(), 5);
        assert_eq!(scene.run(&["export"]).done().lines().count(), 1);
    }
}

#[test]
fn a_dry_run_says_what_would_be_done() {
    let scene = Scene::sqlite();
    let file = scene.file("few.csv", FEW.replace("source_url", "mood"));
    let ended = scene.run(&["import", "--dry-run", &file]);
    assert_eq!(
        ended.err,
        format!("demarche: {file}: columns that are not read: mood\n")
    );
    assert_eq!(
        ended.done(),
        "3 would be new, 0 would be changed, 0 unchanged\n"
    );
    assert_eq!(scene.run(&["export"]).done().lines().count(), 1);
    assert_eq!(
        scene.run_with(&["import", "-"], FEW).done(),
        "3 new, 0 changed, 0 unchanged\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let scene = Scene::sqlite();
    let missing = scene.path("none.csv").to_str().unwrap().to_owned();
    assert_eq!(
        scene.run(&["import", &missing]).failed(1),
        format!("cannot read {missing}: No such file or directory (os error 2)")
    );
    let folder = scene.path("").to_str().unwrap().to_owned();
    assert_eq!(
        scene.run(&["import", &folder]).failed(1),
        format!("cannot read {folder}: it is a folder")
    );
}

#[test]
fn filters_are_those_of_the_timeline_and_a_bad_one_is_bad_usage() {
    let scene = Scene::sqlite();
    let few = scene.file("few.csv", FEW);
    scene.run(&["import", &few]).done();
    let headlines = |arguments: &[&str]| -> Vec<String> {
        let csv = scene.run(&[&["export"], arguments].concat()).done();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let place = reader
            .headers()
            .unwrap()
            .iter()
            .position(|name| name == "headline")
            .unwrap();
        reader
            .records()
            .map(|record| record.unwrap()[place].to_owned())
            .collect()
    };
    assert_eq!(
        headlines(&["--kind", "visit", "--kind", "warning"]),
        ["A private warning", "=Envoys travel"]
    );
    assert_eq!(headlines(&["--party", "france"]), ["Iran Air, named"]);
    assert_eq!(
        headlines(&["--target", "IRN", "--actor", "USA"]),
        ["A private warning"]
    );
    assert_eq!(
        headlines(&["--q", "iran air -private"]),
        ["Iran Air, named"]
    );
    assert_eq!(headlines(&["--party", "Atlantis"]), Vec::<String>::new());
    assert_eq!(
        headlines(&["--as-of", "2020-01-01T00:00:00Z"]),
        Vec::<String>::new()
    );
    assert_eq!(
        headlines(&["--from", "2024-09-11", "--sort", "oldest"]),
        ["=Envoys travel"]
    );
    assert_eq!(
        scene
            .run(&["export", "--from", "24", "--as-of", "now"])
            .failed(2)
            .lines()
            .collect::<Vec<_>>(),
        [
            "--from: expected YYYY, YYYY-MM or YYYY-MM-DD, but found “24”",
            "demarche: --as-of: expected an RFC 3339 instant such as 2024-09-10T14:05:06Z, but found “now”",
        ]
    );
    assert_eq!(
        scene
            .run(&["export", "--format", "jsonl", "--dialect", "excel"])
            .failed(2),
        "--dialect is of csv, sources, relations and parties, but the format is jsonl"
    );
}

#[test]
fn an_export_to_a_file_is_there_whole_or_not_at_all() {
    let scene = Scene::sqlite();
    let file = scene.path("none/out.csv").to_str().unwrap().to_owned();
    let said = scene.run(&["export", "-o", &file]).failed(1);
    assert!(
        said.starts_with(&format!("cannot write {file}: No such file or directory")),
        "{said}"
    );
    let kept = scene.file("kept.csv", "mine");
    let ended = scene.run_in(
        &["export", "-o", &kept],
        "",
        &[("DEMARCHE_DATABASE", "sqlite:///proc/none/record.db")],
    );
    assert_eq!(ended.status, 1);
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "mine");
    let left: Vec<_> = std::fs::read_dir(scene.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["kept.csv"]);
}

#[test]
fn a_backup_moves_the_record_between_engines() {
    for (from, to) in [
        (Engine::Sqlite, Engine::Postgres),
        (Engine::Postgres, Engine::Sqlite),
    ] {
        let (old, new) = (Scene::on(from), Scene::on(to));
        let few = old.file("few.csv", FEW);
        old.run(&["import", &few]).done();
        old.run_with(
            &["user", "add", "kim", "--role", "admin"],
            "correct horse battery",
        )
        .done();
        let copy = old.path("copy.db").to_str().unwrap().to_owned();
        assert_eq!(old.run(&["backup", &copy]).done(), "");
        assert_eq!(
            old.run(&["backup", &copy]).failed(1),
            format!("cannot back up to {copy}: the file exists already, and is not written over")
        );
        assert_eq!(new.run(&["restore", &copy]).done(), "");
        assert_eq!(new.run(&["export"]).done(), old.run(&["export"]).done());
        assert_eq!(
            new.run(&["user", "list"]).done(),
            old.run(&["user", "list"]).done()
        );
        assert_eq!(new.run(&["check"]).done(), "no problems\n");
        assert_eq!(
            new.run(&["restore", &copy]).failed(1),
            format!(
                "cannot restore from {copy}: the database is not empty: it holds articles; a backup is restored into an empty one"
            )
        );
    }
}

#[test]
fn only_a_backup_is_restored() {
    let scene = Scene::sqlite();
    let file = scene.file("notes.txt", "no database");
    assert_eq!(
        scene.run(&["restore", &file]).failed(1),
        format!(
            "cannot restore from {file}: expected a file that demarche backup made, but found another"
        )
    );
}

#[test]
fn the_same_seed_generates_the_same_record_and_only_into_an_empty_one() {
    let records = Engine::BOTH.map(|engine| {
        let scene = Scene::on(engine);
        assert_eq!(
            scene
                .run(&["generate", "--events", "60", "--seed", "7"])
                .done(),
            ""
        );
        assert_eq!(scene.run(&["check"]).done(), "no problems\n");
        let said = scene.run(&["generate", "--events", "1"]).failed(1);
        assert!(
            said.ends_with(": expected an empty record, but this one holds events or articles"),
            "{said}"
        );
        without_own(&scene.run(&["export"]).done())
    });
    assert_eq!(records[0].len(), 60);
    assert_eq!(records[0], records[1]);
    assert!(
        Scene::sqlite()
            .run(&["generate", "--events", "0"])
            .failed(2)
            .contains("0 is not in 1..=")
    );
}

#[test]
fn how_long_a_text_may_be_is_a_setting() {
    let scene = Scene::sqlite();
    let rows = format!("date,kind,headline\n2024,visit,{}\n", "x".repeat(301));
    let file = scene.file("long.csv", rows);
    let import =
        |variables: &[(&str, &str)]| scene.run_in(&["import", "--dry-run", &file], "", variables);
    assert!(
        import(&[])
            .failed(1)
            .contains("column headline: expected at most 300 characters, but found 301")
    );
    assert_eq!(
        import(&[("DEMARCHE_HEADLINE_MAX", "400")]).done(),
        "1 would be new, 0 would be changed, 0 unchanged\n"
    );
    assert_eq!(
        scene
            .run(&["export", "--query-max", "10", "--q", "eleven more"])
            .failed(2),
        "--q: expected at most 10 characters, but found 11"
    );
}
