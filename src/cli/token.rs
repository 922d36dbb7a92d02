//! `demarche token`: API tokens. The secret is shown once, alone on standard output; the record keeps its hash.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::{
    Context, author,
    failure::{Failure, say},
    output::Output,
};
use crate::{
    domain::role::Role,
    store::{Store, secret::Secret},
};

/// Keep API tokens.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a token and print its secret, once.
    Add {
        /// What it is called: 1 to 64 letters, digits, and . _ - @.
        name: String,
        /// What it may do: admin, editor or viewer.
        #[arg(long, default_value_t = Role::Editor)]
        role: Role,
    },
    /// List the tokens: name, role, when it was made, when it was last used, when it was revoked.
    List,
    /// Revoke a token, at once and for good.
    Revoke {
        /// The token.
        name: String,
    },
}

/// Does what was asked of the tokens.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    context.with_store(async |store| Ok(act(&arguments.action, &store).await?))
}

async fn act(action: &Action, store: &Store) -> Result<()> {
    match action {
        Action::Add { name, role } => {
            let secret = Secret::fresh()?;
            store
                .add_token(name, *role, &secret.hash(), &author())
                .await?;
            let mut out = Output::standard();
            out.line(secret.reveal())?;
            out.finish()?;
            say(&format!(
                "token {name} with the role {role} is made; its secret is not shown again"
            ));
        }
        Action::List => {
            let mut out = Output::standard();
            for token in store.tokens().await? {
                let [used, revoked] = [token.last_used_at, token.revoked_at]
                    .map(|at| at.map_or_else(|| "-".to_owned(), |at| at.to_string()));
                out.line(&format!(
                    "{}\t{}\t{}\t{used}\t{revoked}",
                    token.name, token.role, token.created_at
                ))?;
            }
            out.finish()?;
        }
        Action::Revoke { name } => store.revoke_token(name).await?,
    }
    Ok(())
}
