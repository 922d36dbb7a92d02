//! Help, version, bad usage and settings, before any database is opened.

use crate::scene::Scene;

#[test]
fn help_names_every_command_and_ends_with_zero() {
    let help = Scene::sqlite().run(&["--help"]).done();
    for command in [
        "serve", "ingest", "extract", "dates", "article", "export", "import", "user", "token",
        "backup", "restore", "check", "generate",
    ] {
        assert!(
            help.lines()
                .any(|line| line.trim_start().starts_with(command)),
            "{command} is missing from\n{help}"
        );
    }
    assert!(
        help.contains("--bind <ADDR:PORT>") && help.contains("--no-seed"),
        "{help}"
    );
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = Scene::sqlite().run(&["--version"]).done();
    assert_eq!(version, format!("demarche {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn an_unknown_command_or_flag_is_bad_usage() {
    let scene = Scene::sqlite();
    assert!(
        scene
            .run(&["publish"])
            .failed(2)
            .contains("unrecognized subcommand 'publish'")
    );
    assert!(
        scene
            .run(&["check", "--deep"])
            .failed(2)
            .contains("unexpected argument '--deep'")
    );
    assert!(
        scene
            .run(&["user"])
            .failed(2)
            .contains("Usage: demarche user")
    );
}

#[test]
fn a_setting_that_cannot_be_read_is_bad_usage_and_names_its_place() {
    let scene = Scene::sqlite();
    assert_eq!(
        scene
            .run_in(&["check"], "", &[("DEMARCHE_READERS", "many")])
            .failed(2),
        "DEMARCHE_READERS: expected a whole number from 1 to 256, but found “many”"
    );
    assert_eq!(
        scene.run(&["--readers", "0", "check"]).failed(2),
        "--readers: expected a whole number from 1 to 256, but found “0”"
    );
    assert_eq!(
        scene.run(&["check", "--readers", "0"]).failed(2),
        "--readers: expected a whole number from 1 to 256, but found “0”"
    );
}

#[test]
fn a_flag_of_serve_before_another_command_is_bad_usage() {
    let said = Scene::sqlite()
        .run(&["--bind", "127.0.0.1:0", "check"])
        .failed(2);
    assert!(
        said.contains("--bind belongs to `demarche serve`"),
        "{said}"
    );
}

#[test]
fn a_database_of_no_known_engine_is_refused_without_its_password() {
    let scene = Scene::sqlite();
    let said = scene
        .run(&["check", "--database", "mysql://kim:s3cret@localhost/record"])
        .failed(1);
    assert!(!said.contains("s3cret"), "{said}");
    assert!(
        said.contains("sqlite://") && said.contains("postgres://"),
        "{said}"
    );
}
