//! The table of settings → flags of the commands, and the flags that were given → values by setting.

use std::{collections::BTreeMap, marker::PhantomData};

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use crate::config::{SETTINGS, Scope, Setting};

/// Which settings a command takes as flags.
pub trait Taken {
    /// Whether it takes those of a scope.
    fn takes(scope: Scope) -> bool;
    /// Whether they may stand before or after the name of a subcommand.
    const GLOBAL: bool = false;
}

/// The settings of every command.
#[derive(Debug, Clone)]
pub struct Everywhere;
/// The settings of `serve`.
#[derive(Debug, Clone)]
pub struct Serving;
/// The settings of commands that fetch addresses but do not serve.
#[derive(Debug, Clone)]
pub struct Fetching;

impl Taken for Everywhere {
    fn takes(scope: Scope) -> bool {
        scope == Scope::Everywhere
    }
    const GLOBAL: bool = true;
}

impl Taken for Serving {
    fn takes(scope: Scope) -> bool {
        matches!(scope, Scope::Serve | Scope::Fetch)
    }
}

impl Taken for Fetching {
    fn takes(scope: Scope) -> bool {
        scope == Scope::Fetch
    }
}

/// Flags of the settings of every command.
pub type EverywhereFlags = SettingFlags<Everywhere>;
/// Flags of the settings of `serve`.
pub type ServeFlags = SettingFlags<Serving>;
/// Flags of the settings of commands that fetch.
pub type FetchFlags = SettingFlags<Fetching>;

/// The values that were given as flags, by [`Setting::name`].
#[derive(Debug, Clone)]
pub struct SettingFlags<T>(BTreeMap<&'static str, String>, PhantomData<T>);

impl<T: Taken> SettingFlags<T> {
    fn settings() -> impl Iterator<Item = &'static Setting> {
        SETTINGS.iter().filter(|setting| T::takes(setting.scope))
    }

    /// The values given, by setting.
    pub fn given(&self) -> &BTreeMap<&'static str, String> {
        &self.0
    }

    /// The first flag that was given, as it is typed.
    pub fn first_given(&self) -> Option<String> {
        self.0
            .keys()
            .next()
            .map(|name| format!("--{}", name.replace('_', "-")))
    }
}

impl<T: Taken> Args for SettingFlags<T> {
    fn augment_args(command: Command) -> Command {
        Self::settings().fold(command, |command, setting| {
            let default = match setting.default {
                "" => String::new(),
                default => format!("; default {default}"),
            };
            command.arg(
                Arg::new(setting.name)
                    .long(setting.flag())
                    .value_name(value_name(setting))
                    .help(format!(
                        "{} [{}{default}]",
                        setting.help.replace('`', ""),
                        setting.variable
                    ))
                    .global(T::GLOBAL)
                    .help_heading("Settings"),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<T: Taken> FromArgMatches for SettingFlags<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = Self::settings()
            .filter_map(|setting| {
                Some((
                    setting.name,
                    matches.get_one::<String>(setting.name)?.clone(),
                ))
            })
            .collect();
        Ok(Self(given, PhantomData))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.extend(Self::from_arg_matches(matches)?.0);
        Ok(())
    }
}

fn value_name(setting: &Setting) -> String {
    match setting.unit {
        "address:port" => "ADDR:PORT".to_owned(),
        "address" => "URL".to_owned(),
        unit if unit.bytes().all(|sign| sign.is_ascii_lowercase()) => unit.to_uppercase(),
        _ => "VALUE".to_owned(),
    }
}

/// Hides the flags of `serve` from the help of the bare command, which takes them all the same.
pub fn hide_serving(command: Command) -> Command {
    command.mut_args(|argument| {
        let serving = SETTINGS.iter().any(|setting| {
            argument.get_id().as_str() == setting.name && Serving::takes(setting.scope)
        });
        let shown = argument.get_id().as_str() == "bind";
        argument.hide(serving && !shown)
    })
}
