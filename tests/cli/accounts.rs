//! `user` and `token`.

use crate::scene::{Engine, Scene};

const PASSWORD: &str = "correct horse battery\n";

#[test]
fn an_account_is_added_listed_changed_and_removed() {
    for engine in Engine::BOTH {
        let scene = Scene::on(engine);
        scene
            .run_with(&["user", "add", "kim", "--role", "viewer"], PASSWORD)
            .done();
        scene.run_with(&["user", "add", "ada"], PASSWORD).done();
        scene.run(&["user", "role", "kim", "admin"]).done();
        scene
            .run_with(&["user", "passwd", "kim"], "another long password")
            .done();
        let listed: Vec<String> = scene
            .run(&["user", "list"])
            .done()
            .lines()
            .map(|line| line.rsplit_once('\t').unwrap().0.to_owned())
            .collect();
        assert_eq!(listed, ["ada\teditor", "kim\tadmin"]);
        scene.run(&["user", "remove", "ada"]).done();
        assert_eq!(
            scene.run(&["user", "remove", "ada"]).failed(1),
            "there is no account ada"
        );
        assert_eq!(
            scene.run(&["user", "role", "ada", "viewer"]).failed(1),
            "there is no account ada"
        );
        assert_eq!(
            scene
                .run_with(&["user", "passwd", "ada"], PASSWORD)
                .failed(1),
            "there is no account ada"
        );
    }
}

#[test]
fn a_name_is_taken_once_whatever_its_case() {
    let scene = Scene::sqlite();
    scene.run_with(&["user", "add", "Kim"], PASSWORD).done();
    assert_eq!(
        scene.run_with(&["user", "add", "kim"], PASSWORD).failed(1),
        "the account kim exists already"
    );
}

#[test]
fn a_short_or_missing_password_makes_no_account() {
    let scene = Scene::sqlite();
    assert_eq!(
        scene
            .run_with(&["user", "add", "kim"], "hunter2\n")
            .failed(1),
        "expected a password of at least 12 characters, but found 7"
    );
    assert_eq!(
        scene.run(&["user", "add", "kim"]).failed(1),
        "expected a password on standard input, but found nothing"
    );
    assert_eq!(scene.run(&["user", "list"]).done(), "");
}

#[test]
fn a_name_or_role_that_is_none_is_refused() {
    let scene = Scene::sqlite();
    assert_eq!(
        scene
            .run_with(&["user", "add", "kim smith"], PASSWORD)
            .failed(1),
        "expected a name of 1 to 64 letters, digits, and . _ - @, but found “kim smith”"
    );
    let said = scene
        .run_with(&["user", "add", "kim", "--role", "boss"], PASSWORD)
        .failed(2);
    assert!(
        said.contains("expected one of viewer, editor, admin, but found “boss”"),
        "{said}"
    );
}

#[test]
fn the_last_administrator_stays() {
    let scene = Scene::sqlite();
    scene
        .run_with(&["user", "add", "kim", "--role", "admin"], PASSWORD)
        .done();
    let refusal = "kim is the only administrator; make another one first";
    assert_eq!(scene.run(&["user", "remove", "kim"]).failed(1), refusal);
    assert_eq!(
        scene.run(&["user", "role", "kim", "viewer"]).failed(1),
        refusal
    );
    scene.run(&["user", "role", "kim", "admin"]).done();
}

#[test]
fn a_tokens_secret_is_shown_once_and_its_revocation_listed() {
    for engine in Engine::BOTH {
        let scene = Scene::on(engine);
        let made = scene.run(&["token", "add", "importer", "--role", "viewer"]);
        assert_eq!(
            made.err,
            "demarche: token importer with the role viewer is made; its secret is not shown again\n"
        );
        let secret = made.done();
        assert_eq!(secret.trim_end().len(), 43);
        let listed = scene.run(&["token", "list"]).done();
        assert!(
            listed.starts_with("importer\tviewer\t") && listed.ends_with("\t-\t-\n"),
            "{listed}"
        );
        assert!(!listed.contains(secret.trim_end()));
        assert_eq!(
            scene.run(&["token", "add", "importer"]).failed(1),
            "the token importer exists already"
        );
        scene.run(&["token", "revoke", "importer"]).done();
        assert!(!scene.run(&["token", "list"]).done().ends_with("\t-\n"));
        assert_eq!(
            scene.run(&["token", "revoke", "nobody"]).failed(1),
            "there is no token nobody"
        );
    }
}
