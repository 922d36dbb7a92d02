//! Every setting once: its name, flag, variable, default, unit and meaning; flags and variables → [`Settings`].
//!
//! A flag wins over a variable, a variable over the default; an empty variable is as if absent. The kinds of value
//! are in [`value`]. The table of `docs/administration.md` is tested against [`SETTINGS`].
//! Reading the command line itself is left to `cli`.

pub mod value;

use std::{collections::BTreeMap, net::SocketAddr, ops::RangeInclusive};

use value::SettingValue;
pub use value::{Bytes, Contact, FetchAllow, LogFormat, Secret, TrustedProxies};

/// Which commands take a setting as a flag. The variable counts everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every command.
    Everywhere,
    /// `serve` alone.
    Serve,
    /// The commands that fetch addresses: `serve` and `ingest`.
    Fetch,
    /// No command: a secret must not stand among a process's arguments.
    VariableOnly,
}

/// A row of the table of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The field of [`Settings`].
    pub name: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// What holds where nothing is set, written as a user would.
    pub default: &'static str,
    /// What the value counts or names.
    pub unit: &'static str,
    /// Which commands take the flag.
    pub scope: Scope,
    /// What it does, in one or two sentences.
    pub help: &'static str,
}

impl Setting {
    /// The long option without its dashes: `fetch-timeout-secs`.
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The option as a user types it, or nothing where there is none.
    pub fn shown_flag(&self) -> Option<String> {
        (self.scope != Scope::VariableOnly).then(|| format!("--{}", self.flag()))
    }
}

/// A setting that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct SettingError {
    /// The flag or the variable that holds the value.
    pub place: String,
    /// What it takes and what was found.
    pub message: String,
}

/// Declares [`Settings`], [`SETTINGS`] and the reading of one from the other.
macro_rules! settings {
    ($($name:ident: $type:ty, $range:expr, $variable:literal, $default:literal, $unit:literal, $scope:ident, $help:literal;)+) => {
        /// What the program is told from outside, parsed once at the start.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Settings {
            $(#[doc = $help] pub $name: $type,)+
        }

        /// The table of settings, in the order of the documentation.
        pub const SETTINGS: &[Setting] = &[
            $(Setting {
                name: stringify!($name),
                variable: $variable,
                default: $default,
                unit: $unit,
                scope: Scope::$scope,
                help: $help,
            },)+
        ];

        impl Settings {
            /// Reads the settings from given flags (by name, see [`Setting::name`]) and from variables.
            ///
            /// # Errors
            /// Every value that cannot be read, each with its flag or variable.
            pub fn read(
                flags: &BTreeMap<&'static str, String>,
                variable: impl Fn(&str) -> Option<String>,
            ) -> Result<Self, Vec<SettingError>> {
                let mut errors = Vec::new();
                $(let $name: Option<$type> = read_one(
                    stringify!($name), $variable, $default, $range, flags, &variable, &mut errors,
                );)+
                match ($($name,)+) {
                    ($(Some($name),)+) if errors.is_empty() => Ok(Self { $($name,)+ }),
                    _ => Err(errors),
                }
            }
        }
    };
}

settings! {
    database: String, ANY, "DEMARCHE_DATABASE", "sqlite://data/demarche.db", "address", Everywhere,
        "Where the record is kept: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME`.";
    database_read: String, ANY, "DEMARCHE_DATABASE_READ", "", "address", Everywhere,
        "A read replica of the same PostgreSQL that lists and exports read from; empty for none.";
    readers: u32, 1..=256, "DEMARCHE_READERS", "4", "connections", Everywhere,
        "How many connections read the database at once.";
    statement_timeout_secs: u64, 1..=86_400, "DEMARCHE_STATEMENT_TIMEOUT_SECS", "30", "seconds", Everywhere,
        "After how long PostgreSQL gives up one statement.";
    follow_through_grace_days: u64, 0..=3_650, "DEMARCHE_FOLLOW_THROUGH_GRACE_DAYS", "30", "days", Everywhere,
        "How long after its last possible day an announced act that nothing carried out counts as lapsed.";
    log: String, ANY, "DEMARCHE_LOG", "", "filter", Everywhere,
        "What is logged to standard error: `error`, `warn`, `info`, `debug`, `trace`, or a filter such as `info,sqlx=warn`; empty for `info` under `serve` and `warn` elsewhere.";
    log_format: LogFormat, ANY, "DEMARCHE_LOG_FORMAT", "text", "`text` or `json`", Everywhere,
        "How a line of the log is written.";
    public_url: String, ANY, "DEMARCHE_PUBLIC_URL", "", "address", Everywhere,
        "The address that readers know this server by, put before every link in exports; empty for `http://` and the bound address.";
    bind: SocketAddr, ANY, "DEMARCHE_BIND", "127.0.0.1:8080", "address:port", Serve,
        "Where the server listens; port 0 takes a free one.";
    http_workers: u32, 0..=256, "DEMARCHE_HTTP_WORKERS", "0", "threads", Serve,
        "How many threads answer requests; 0 for one a core.";
    request_timeout_secs: u64, 1..=3_600, "DEMARCHE_REQUEST_TIMEOUT_SECS", "30", "seconds", Serve,
        "How long a client may take over sending a request's head or body.";
    shutdown_secs: u64, 1..=3_600, "DEMARCHE_SHUTDOWN_SECS", "20", "seconds", Serve,
        "How long requests under way may take to finish after SIGTERM or Ctrl-C.";
    trusted_proxy: TrustedProxies, ANY, "DEMARCHE_TRUSTED_PROXY", "", "addresses", Serve,
        "Proxies whose forwarded headers count: addresses or networks such as `127.0.0.1,10.0.0.0/8`; empty for none.";
    admin_password: Secret, ANY, "DEMARCHE_ADMIN_PASSWORD", "", "password", VariableOnly,
        "The password of the first administrator, `admin`; empty for a random one that `serve` prints once.";
    session_hours: u64, 1..=8_760, "DEMARCHE_SESSION_HOURS", "12", "hours", Serve,
        "How long a sign-in lasts.";
    login_failures_per_minute: u32, 1..=10_000, "DEMARCHE_LOGIN_FAILURES_PER_MINUTE", "10", "failures", Serve,
        "How many failed sign-ins a minute an address, and an account, may have before it is told to wait.";
    password_hashes: u32, 1..=64, "DEMARCHE_PASSWORD_HASHES", "2", "hashes", Serve,
        "How many passwords are checked at once; each takes 19 MiB and a core for some 30 ms.";
    body_max: Bytes, 1_024..=1_073_741_824, "DEMARCHE_BODY_MAX", "1 MiB", "bytes", Serve,
        "The largest body of a form or an API request.";
    upload_max: Bytes, 1_024..=1_073_741_824, "DEMARCHE_UPLOAD_MAX", "20 MiB", "bytes", Serve,
        "The largest file of an upload.";
    uploads_max: Bytes, 1_024..=4_294_967_296, "DEMARCHE_UPLOADS_MAX", "50 MiB", "bytes", Serve,
        "The largest upload, all files together.";
    headline_max: u32, 20..=2_000, "DEMARCHE_HEADLINE_MAX", "300", "characters", Everywhere,
        "The longest headline.";
    summary_max: u32, 100..=100_000, "DEMARCHE_SUMMARY_MAX", "5000", "characters", Everywhere,
        "The longest summary.";
    quote_max: u32, 100..=100_000, "DEMARCHE_QUOTE_MAX", "2000", "characters", Everywhere,
        "The longest quote.";
    query_max: u32, 10..=100_000, "DEMARCHE_QUERY_MAX", "1000", "characters", Everywhere,
        "The longest search.";
    per_max: u32, 1..=1_000, "DEMARCHE_PER_MAX", "200", "events", Everywhere,
        "The most events that a page of a list may be asked to show.";
    fetch_max: Bytes, 1_024..=1_073_741_824, "DEMARCHE_FETCH_MAX", "10 MiB", "bytes", Fetch,
        "The largest page that is fetched, decoded.";
    fetch_timeout_secs: u64, 1..=3_600, "DEMARCHE_FETCH_TIMEOUT_SECS", "30", "seconds", Fetch,
        "After how long a fetch gives up.";
    fetch_allow: FetchAllow, ANY, "DEMARCHE_FETCH_ALLOW", "", "`HOST:PORT,…`", Fetch,
        "Addresses of our own network that may be fetched all the same; `*` opens all.";
    fetch_contact: Contact, ANY, "DEMARCHE_FETCH_CONTACT", "", "address", Fetch,
        "An address or e-mail that the `User-Agent` of fetches names, for the publishers that are read; empty for none.";
    fetch_gap_millis: u64, 0..=60_000, "DEMARCHE_FETCH_GAP_MILLIS", "1000", "milliseconds", Fetch,
        "How long one host is left alone between two requests.";
    queue_workers: u32, 1..=64, "DEMARCHE_QUEUE_WORKERS", "1", "workers", Serve,
        "How many articles of the queue are worked at once.";
    queue_attempts: u32, 1..=100, "DEMARCHE_QUEUE_ATTEMPTS", "5", "attempts", Serve,
        "How often the queue tries an article before it is set aside.";
    queue_lease_secs: u64, 10..=86_400, "DEMARCHE_QUEUE_LEASE_SECS", "120", "seconds", Serve,
        "After how long without an answer a job counts as dropped and is given to another worker.";
    feed_minutes: u64, 1..=43_200, "DEMARCHE_FEED_MINUTES", "30", "minutes", Serve,
        "How often a feed is asked for news.";
}

/// The range of values that are not numbers.
const ANY: RangeInclusive<u64> = 0..=u64::MAX;

fn read_one<T: SettingValue>(
    name: &'static str,
    variable_name: &str,
    default: &str,
    range: RangeInclusive<u64>,
    flags: &BTreeMap<&'static str, String>,
    variable: &impl Fn(&str) -> Option<String>,
    errors: &mut Vec<SettingError>,
) -> Option<T> {
    let flag = flags.get(name).cloned();
    let place = if flag.is_some() {
        format!("--{}", name.replace('_', "-"))
    } else {
        variable_name.to_owned()
    };
    let written = flag
        .or_else(|| variable(variable_name).filter(|text| !text.trim().is_empty()))
        .unwrap_or_else(|| default.to_owned());
    T::read(written.trim(), &range)
        .map_err(|message| errors.push(SettingError { place, message }))
        .ok()
}

impl Settings {
    /// The settings where nothing is set.
    ///
    /// # Errors
    /// Never, as a test proves; the type says so all the same, since a default is read like any value.
    pub fn defaults() -> Result<Self, Vec<SettingError>> {
        Self::read(&BTreeMap::new(), |_| None)
    }

    /// What links in files begin with, without a slash at the end: `https://record.example.org`.
    pub fn link_base(&self) -> String {
        if !self.public_url.is_empty() {
            return self.public_url.trim_end_matches('/').to_owned();
        }
        let mut address = self.bind;
        if address.ip().is_unspecified() {
            address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        format!("http://{address}")
    }

    /// The database's address with the password left out, for messages.
    pub fn shown_database(&self) -> String {
        without_password(&self.database)
    }
}

/// An address with its password, if it has one, replaced by `***`.
pub fn without_password(address: &str) -> String {
    match url::Url::parse(address) {
        Ok(mut url) if url.password().is_some() => match url.set_password(Some("***")) {
            Ok(()) => url.to_string(),
            Err(()) => format!("{}://…", url.scheme()),
        },
        _ => address.to_owned(),
    }
}

/// Names of variables that look like settings and are none, as after a slip of the pen.
pub fn strangers(variables: impl IntoIterator<Item = String>) -> Vec<String> {
    variables
        .into_iter()
        .filter(|name| name.starts_with("DEMARCHE_") && !name.starts_with("DEMARCHE_TEST_"))
        .filter(|name| by_variable(name).is_none())
        .collect()
}

/// The setting whose variable it is.
pub fn by_variable(variable: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.variable == variable)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn from(pairs: &[(&str, &str)]) -> Result<Settings, Vec<SettingError>> {
        let variables: BTreeMap<&str, &str> = pairs.iter().copied().collect();
        Settings::read(&BTreeMap::new(), |name| {
            variables.get(name).map(|value| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_set_gives_the_defaults_of_the_contract() {
        let settings = Settings::defaults().unwrap();
        assert_eq!(settings.database, "sqlite://data/demarche.db");
        assert_eq!(settings.bind.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.login_failures_per_minute, 10);
        assert_eq!(
            (settings.body_max.0, settings.upload_max.0),
            (1_048_576, 20_971_520)
        );
        assert_eq!(
            (settings.uploads_max.0, settings.fetch_max.0),
            (52_428_800, 10_485_760)
        );
        assert_eq!(settings.fetch_timeout_secs, 30);
        assert_eq!(settings.fetch_allow, FetchAllow::Only(Vec::new()));
    }

    #[test]
    fn a_flag_wins_over_a_variable_and_an_empty_variable_is_as_if_absent() {
        let flags = BTreeMap::from([("readers", "7".to_owned())]);
        let settings = Settings::read(&flags, |name| match name {
            "DEMARCHE_READERS" => Some("9".to_owned()),
            "DEMARCHE_BIND" => Some(" ".to_owned()),
            "DEMARCHE_SESSION_HOURS" => Some("3".to_owned()),
            _ => None,
        })
        .unwrap();
        assert_eq!((settings.readers, settings.session_hours), (7, 3));
        assert_eq!(settings.bind.to_string(), "127.0.0.1:8080");
    }

    #[test]
    fn every_bad_value_is_told_with_its_place() {
        let flags = BTreeMap::from([("readers", "0".to_owned())]);
        let errors = Settings::read(&flags, |name| match name {
            "DEMARCHE_BIND" => Some("localhost".to_owned()),
            "DEMARCHE_LOG_FORMAT" => Some("xml".to_owned()),
            "DEMARCHE_BODY_MAX" => Some("1 parsec".to_owned()),
            _ => None,
        })
        .unwrap_err();
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "--readers: expected a whole number from 1 to 256, but found “0”",
                "DEMARCHE_LOG_FORMAT: expected text or json, but found “xml”",
                "DEMARCHE_BIND: expected an address and port such as 127.0.0.1:8080, but found “localhost”",
                "DEMARCHE_BODY_MAX: expected a number of bytes from 1024 to 1073741824, such as 1048576 or 1 MiB, \
                 but found “1 parsec”",
            ]
        );
    }

    #[test]
    fn a_variable_with_a_slip_in_its_name_is_a_stranger() {
        let names = [
            "DEMARCHE_DATABSE",
            "DEMARCHE_BIND",
            "DEMARCHE_TEST_POSTGRES",
            "HOME",
        ];
        assert_eq!(strangers(names.map(str::to_owned)), ["DEMARCHE_DATABSE"]);
    }

    #[test]
    fn names_and_variables_are_one_to_one() {
        let names: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        assert_eq!(names.len(), SETTINGS.len());
        for setting in SETTINGS {
            assert_eq!(
                setting.variable,
                format!("DEMARCHE_{}", setting.name.to_uppercase())
            );
            assert!(setting.help.ends_with('.'), "{}", setting.name);
            assert_eq!(by_variable(setting.variable), Some(setting));
        }
    }

    #[test]
    fn the_documented_table_is_this_one() {
        let documented: Vec<&str> = include_str!("../docs/administration.md")
            .lines()
            .filter(|line| line.starts_with("| `DEMARCHE_"))
            .collect();
        let declared: Vec<String> = SETTINGS
            .iter()
            .map(|setting| {
                let flag = setting
                    .shown_flag()
                    .map_or_else(|| "none".to_owned(), |flag| format!("`{flag}`"));
                let default = match setting.default {
                    "" => "empty".to_owned(),
                    default => format!("`{default}`"),
                };
                let takers = match setting.scope {
                    Scope::Everywhere => "every command",
                    Scope::Serve => "`serve`",
                    Scope::Fetch => "`serve`, `ingest`",
                    Scope::VariableOnly => "variable only",
                };
                let (variable, unit, help) = (setting.variable, setting.unit, setting.help);
                format!("| `{variable}` | {flag} | {takers} | {default} | {unit} | {help} |")
            })
            .collect();
        assert_eq!(
            documented,
            declared,
            "docs/administration.md should hold\n{}",
            declared.join("\n")
        );
    }

    #[test]
    fn links_begin_with_the_public_address_or_where_the_server_listens() {
        assert_eq!(from(&[]).unwrap().link_base(), "http://127.0.0.1:8080");
        assert_eq!(
            from(&[("DEMARCHE_BIND", "0.0.0.0:80")])
                .unwrap()
                .link_base(),
            "http://127.0.0.1:80"
        );
        let public = from(&[("DEMARCHE_PUBLIC_URL", "https://record.example.org/")]).unwrap();
        assert_eq!(public.link_base(), "https://record.example.org");
    }

    #[test]
    fn messages_do_not_show_a_password() {
        let settings = from(&[
            (
                "DEMARCHE_DATABASE",
                "postgres://kim:s3cret@db.example.org/record",
            ),
            ("DEMARCHE_ADMIN_PASSWORD", "correct horse battery"),
        ])
        .unwrap();
        assert_eq!(
            settings.shown_database(),
            "postgres://kim:***@db.example.org/record"
        );
        assert!(!format!("{settings:?}").contains("horse"));
        assert_eq!(
            without_password("sqlite://data/demarche.db"),
            "sqlite://data/demarche.db"
        );
    }
}
