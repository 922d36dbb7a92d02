//! `demarche user`: accounts. A password comes from a prompt or from standard input, never from an argument.

use std::io::{self, BufRead as _, IsTerminal as _};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};

use super::{Context, failure::Failure, output::Output};
use crate::{
    domain::role::Role,
    store::{
        Store,
        password::{self, Passwords},
    },
};

/// Keep accounts.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make an account; its password is asked for, or is the first line of standard input.
    Add {
        /// What it signs in as: 1 to 64 letters, digits, and . _ - @.
        name: String,
        /// What it may do: admin, editor or viewer.
        #[arg(long, default_value_t = Role::Editor)]
        role: Role,
    },
    /// Set an account's password, and end its sessions.
    Passwd {
        /// The account.
        name: String,
    },
    /// Change what an account may do.
    Role {
        /// The account.
        name: String,
        /// admin, editor or viewer.
        role: Role,
    },
    /// Remove an account, and end its sessions.
    Remove {
        /// The account.
        name: String,
    },
    /// List the accounts: name, role, when it was made.
    List,
}

/// Does what was asked of the accounts.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    context.with_store(async |store| Ok(act(&arguments.action, &store).await?))
}

async fn act(action: &Action, store: &Store) -> Result<()> {
    match action {
        Action::Add { name, role } => {
            if store.user(name).await?.is_some() {
                bail!("the account {name} exists already");
            }
            let hash = new_hash(name).await?;
            store.add_user(name, &hash, *role).await?;
        }
        Action::Passwd { name } => {
            if store.user(name).await?.is_none() {
                bail!("there is no account {name}");
            }
            let hash = new_hash(name).await?;
            store.set_password_hash(name, &hash).await?;
        }
        Action::Role { name, role } => store.set_role(name, *role).await?,
        Action::Remove { name } => store.remove_user(name).await?,
        Action::List => {
            let mut out = Output::standard();
            for user in store.users().await? {
                out.line(&format!(
                    "{}\t{}\t{}",
                    user.name, user.role, user.created_at
                ))?;
            }
            out.finish()?;
        }
    }
    Ok(())
}

async fn new_hash(name: &str) -> Result<String> {
    let password = ask(name)?;
    Ok(Passwords::new(1)?.hash(password).await?)
}

/// Asks twice on a terminal; elsewhere takes the first line of standard input.
fn ask(name: &str) -> Result<String> {
    let password = if io::stdin().is_terminal() {
        let first = rpassword::prompt_password(format!("New password for {name}: "))
            .context("cannot ask for the password")?;
        password::check_new(&first)?;
        let again =
            rpassword::prompt_password("Once more: ").context("cannot ask for the password")?;
        if first != again {
            bail!("the two passwords differ");
        }
        first
    } else {
        let mut line = String::new();
        io::stdin()
            .lock()
            .read_line(&mut line)
            .context("cannot read the password from standard input")?;
        line.trim_end_matches(['\n', '\r']).to_owned()
    };
    if password.is_empty() {
        bail!("expected a password on standard input, but found nothing");
    }
    password::check_new(&password)?;
    Ok(password)
}
