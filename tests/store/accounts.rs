//! Accounts, sessions, tokens and the sign-in throttle.

use demarche::{
    domain::{id::UserId, role::Role},
    store::{Author, Store, StoreError},
};

use crate::engine::{NOW, Place, on_both};

on_both! {
    a_session_ends_by_time_by_signing_out_and_with_its_account,
    a_role_changes_under_a_running_session,
    a_new_password_ends_every_session_of_its_account,
    the_first_administrator_is_made_once,
    a_revoked_token_is_nobodys,
    failures_are_counted_by_key_and_by_time,
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    let Err(StoreError::Refused(sentence)) = result else {
        panic!("expected a refusal, but found {result:?}");
    };
    sentence
}

mod run {
    use super::*;

    async fn kim(store: &Store, role: Role) -> UserId {
        store.add_user("Kim", "hash", role).await.unwrap().id
    }

    pub async fn a_session_ends_by_time_by_signing_out_and_with_its_account(
        store: Store,
        place: Place,
    ) -> Place {
        let user = kim(&store, Role::Editor).await;
        let now = store.clock().now();
        for secret in ["a", "b", "c"] {
            store
                .start_session(user, secret, "csrf", now.plus_seconds(3_600))
                .await
                .unwrap();
        }
        let session = store.session("a").await.unwrap().unwrap();
        assert_eq!(
            (session.user.as_str(), session.role, session.csrf.as_str()),
            ("kim", Role::Editor, "csrf")
        );
        store.end_session("a").await.unwrap();
        assert_eq!(store.session("a").await.unwrap(), None);

        let later = place.open_at("2025-06-01T13:00:00Z").await;
        assert_eq!(later.session("b").await.unwrap(), None);
        later.close().await;
        store.remove_user("kim").await.unwrap();
        assert_eq!(store.session("c").await.unwrap(), None);
        assert_eq!(
            refusal(store.remove_user("kim").await),
            "there is no account kim"
        );
        place
    }

    pub async fn a_role_changes_under_a_running_session(store: Store, place: Place) -> Place {
        let user = kim(&store, Role::Viewer).await;
        store
            .start_session(user, "a", "", store.clock().now().plus_seconds(60))
            .await
            .unwrap();
        store.set_role("KIM", Role::Admin).await.unwrap();
        assert_eq!(store.session("a").await.unwrap().unwrap().role, Role::Admin);
        assert_eq!(
            refusal(store.set_role("kim", Role::Editor).await),
            "kim is the only administrator; make another one first"
        );
        place
    }

    pub async fn a_new_password_ends_every_session_of_its_account(
        store: Store,
        place: Place,
    ) -> Place {
        let user = kim(&store, Role::Editor).await;
        let other = store
            .add_user("ada", "hash", Role::Editor)
            .await
            .unwrap()
            .id;
        let expires = store.clock().now().plus_seconds(60);
        store.start_session(user, "a", "", expires).await.unwrap();
        store.start_session(other, "b", "", expires).await.unwrap();
        store.set_password_hash("kim", "new").await.unwrap();
        assert_eq!(
            store.user("kim").await.unwrap().unwrap().password_hash,
            "new"
        );
        assert_eq!(store.session("a").await.unwrap(), None);
        assert!(store.session("b").await.unwrap().is_some());
        place
    }

    pub async fn the_first_administrator_is_made_once(store: Store, place: Place) -> Place {
        assert!(!store.has_administrator().await.unwrap());
        assert!(store.first_admin_if_none("first").await.unwrap());
        assert!(!store.first_admin_if_none("second").await.unwrap());
        let admin = store.user("admin").await.unwrap().unwrap();
        assert_eq!(
            (admin.role, admin.password_hash.as_str()),
            (Role::Admin, "first")
        );
        assert_eq!(
            refusal(store.add_user("Admin", "", Role::Viewer).await),
            "the account admin exists already"
        );
        place
    }

    pub async fn a_revoked_token_is_nobodys(store: Store, place: Place) -> Place {
        let author = Author("kim".to_owned());
        store
            .add_token("Importer", Role::Editor, "hash", &author)
            .await
            .unwrap();
        let token = store.token("hash").await.unwrap().unwrap();
        assert_eq!(
            (
                token.name.as_str(),
                token.author.as_str(),
                token.last_used_at
            ),
            ("importer", "kim", None)
        );
        assert_eq!(
            store.tokens().await.unwrap()[0].last_used_at,
            Some(NOW.parse().unwrap())
        );
        store.revoke_token("importer").await.unwrap();
        assert_eq!(store.token("hash").await.unwrap(), None);
        assert!(store.tokens().await.unwrap()[0].revoked_at.is_some());
        assert_eq!(
            refusal(
                store
                    .add_token("importer", Role::Editor, "other", &author)
                    .await
            ),
            "the token importer exists already"
        );
        place
    }

    pub async fn failures_are_counted_by_key_and_by_time(store: Store, place: Place) -> Place {
        let now = store.clock().now();
        for key in ["account kim", "account kim", "address 192.0.2.7"] {
            store.record_login_failure(key).await.unwrap();
        }
        assert_eq!(
            store
                .login_failures("account kim", now.plus_seconds(-60))
                .await
                .unwrap(),
            2
        );
        assert_eq!(
            store
                .login_failures("account kim", now.plus_seconds(1))
                .await
                .unwrap(),
            0
        );
        store.clear_login_failures("account kim").await.unwrap();
        assert_eq!(store.login_failures("account kim", now).await.unwrap(), 0);
        let next_week = place.open_at("2025-06-08T12:00:00Z").await;
        next_week.remove_expired().await.unwrap();
        next_week.close().await;
        assert_eq!(
            store
                .login_failures("address 192.0.2.7", now)
                .await
                .unwrap(),
            0
        );
        place
    }
}
