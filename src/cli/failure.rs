//! How a command can fail, and what is then said and returned.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use crate::config::SettingError;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The arguments do not parse, or ask for help or the version.
    Arguments(clap::Error),
    /// Settings that cannot be read, by flag or variable.
    Settings(Vec<SettingError>),
    /// Arguments that parse but mean nothing, a line each.
    Usage(Vec<String>),
    /// The work failed; told in one line, the causes after colons.
    Failed(anyhow::Error),
    /// The work failed, and every failure has been told as it happened.
    Told,
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Failure {
    /// A failure of the arguments, told in one line.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(vec![message.into()])
    }

    /// Says on standard error what went wrong, and gives the exit status.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Arguments(error) => {
                // Help and the version are results and go to standard output; a closed pipe is no news.
                let _ = error.print();
                ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
            }
            Self::Settings(errors) => usage(errors.iter().map(ToString::to_string)),
            Self::Usage(messages) => usage(messages),
            Self::Failed(error) => {
                say(&format!("{error:#}"));
                ExitCode::from(1)
            }
            Self::Told => ExitCode::from(1),
        }
    }
}

fn usage(messages: impl IntoIterator<Item = String>) -> ExitCode {
    for message in messages {
        say(&message);
    }
    ExitCode::from(2)
}

/// Says one line on standard error, with the program's name before it.
pub fn say(message: &str) {
    let line = message
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let _ = writeln!(io::stderr().lock(), "demarche: {line}");
}
