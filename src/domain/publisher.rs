//! Who publishes: from the host of an address, or a name as written, to the publisher on record.
//!
//! The rows themselves are in [`super::reference`]; what counts as a syndicated copy is left to the store.

use std::{collections::HashMap, fmt, str::FromStr, sync::LazyLock};

use super::{
    fold::fold,
    party::PartyCode,
    reference,
    table::{Row, TableError},
};

/// What sort of publisher it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i64)]
pub enum PublisherKind {
    /// A news agency, whose copy others carry.
    Agency = 1,
    /// A government, or a part of one.
    Ministry = 2,
    /// Radio or television.
    Broadcaster = 3,
    /// A newspaper.
    Newspaper = 4,
    /// A magazine.
    Magazine = 5,
    /// A news site without any of these.
    Website = 6,
    /// A person's or a firm's own pages.
    Blog = 7,
    /// An organisation of states, a parliament, an official journal.
    Body = 8,
    /// A research institute.
    ThinkTank = 9,
}

impl PublisherKind {
    /// Every kind of publisher.
    pub const ALL: [Self; 9] = [
        Self::Agency,
        Self::Ministry,
        Self::Broadcaster,
        Self::Newspaper,
        Self::Magazine,
        Self::Website,
        Self::Blog,
        Self::Body,
        Self::ThinkTank,
    ];

    /// The word of files.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Ministry => "ministry",
            Self::Broadcaster => "broadcaster",
            Self::Newspaper => "newspaper",
            Self::Magazine => "magazine",
            Self::Website => "website",
            Self::Blog => "blog",
            Self::Body => "body",
            Self::ThinkTank => "think_tank",
        }
    }

    /// The words shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agency => "News agency",
            Self::Ministry => "Government",
            Self::Broadcaster => "Broadcaster",
            Self::Newspaper => "Newspaper",
            Self::Magazine => "Magazine",
            Self::Website => "Website",
            Self::Blog => "Blog",
            Self::Body => "Public body",
            Self::ThinkTank => "Think tank",
        }
    }

    /// The number that the database keeps: 1 to 9, never renumbered.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The kind of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl fmt::Display for PublisherKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no kind of publisher.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {kinds}, but found “{0}”", kinds = PublisherKind::ALL.map(PublisherKind::slug).join(", "))]
pub struct UnknownPublisherKind(pub String);

impl FromStr for PublisherKind {
    type Err = UnknownPublisherKind;

    /// Reads a slug; case and surrounding spaces are ignored.
    fn from_str(text: &str) -> Result<Self, UnknownPublisherKind> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.slug() == slug)
            .ok_or_else(|| UnknownPublisherKind(text.to_owned()))
    }
}

/// How far what a publisher says is taken for what happened. Shown beside its sources; nothing is left out for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(i64)]
pub enum Trust {
    /// More than usual: an official text, an agency with a name to lose.
    High = 1,
    /// As usual.
    #[default]
    Ordinary = 2,
    /// Less: it is known to err, or speaks for one side.
    Low = 3,
}

impl Trust {
    /// Every degree.
    pub const ALL: [Self; 3] = [Self::High, Self::Ordinary, Self::Low];

    /// The word of forms and files.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Ordinary => "ordinary",
            Self::Low => "low",
        }
    }

    /// The words shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::High => "Trusted",
            Self::Ordinary => "As usual",
            Self::Low => "With caution",
        }
    }

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The degree of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|trust| trust.code() == code)
    }

    /// The degree of a form's word, if it is one.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trust| trust.slug() == slug)
    }
}

/// A publisher on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// Its name as shown; sources name it so.
    pub name: String,
    /// What sort of publisher it is.
    pub kind: PublisherKind,
    /// The state where it is at home, or the body whose voice it is.
    pub home: Option<PartyCode>,
    /// Its hosts, lower case; each stands for every host under it too.
    pub hosts: Vec<String>,
    /// The group that counts as one source with it.
    pub owner: Option<String>,
    /// How far it is trusted; reference data leave that to editors.
    pub trust: Trust,
}

impl Publisher {
    /// The name that counts when independent sources are counted: the owner's, else its own.
    pub fn group(&self) -> &str {
        self.owner.as_deref().unwrap_or(&self.name)
    }

    pub(super) const COLUMNS: [&'static str; 5] = ["name", "kind", "home", "hosts", "owner"];

    pub(super) fn read(row: &Row) -> Result<Self, TableError> {
        let hosts = row.list("hosts")?;
        if let Some(host) = hosts.iter().find(|host| !is_host(host)) {
            let problem = format!("expected a host such as bbc.co.uk, but found “{host}”");
            return Err(row.flaw("hosts", problem));
        }
        Ok(Self {
            name: row.required("name")?,
            kind: row.value("kind")?,
            home: row.optional("home")?,
            hosts,
            owner: row.optional("owner")?,
            trust: Trust::Ordinary,
        })
    }
}

/// Whether a text is a host as the register keeps it: lower case, with a dot, without `www.`.
pub fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
    };
    text.contains('.') && !text.starts_with("www.") && text.split('.').all(label)
}

static BY_HOST: LazyLock<HashMap<&'static str, &'static Publisher>> = LazyLock::new(|| {
    reference::publishers()
        .iter()
        .flat_map(|publisher| {
            publisher
                .hosts
                .iter()
                .map(move |host| (host.as_str(), publisher))
        })
        .collect()
});

static BY_NAME: LazyLock<HashMap<String, &'static Publisher>> = LazyLock::new(|| {
    reference::publishers()
        .iter()
        .map(|publisher| (fold(&publisher.name), publisher))
        .collect()
});

/// The publisher of a host: the one with the longest host that is the end of this one, label by label
/// (`www.bbc.co.uk` → `bbc.co.uk`, never `notbbc.co.uk`).
pub fn publisher_of_host(host: &str) -> Option<&'static Publisher> {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    let mut rest = host.as_str();
    loop {
        if let Some(publisher) = BY_HOST.get(rest) {
            return Some(publisher);
        }
        rest = rest.split_once('.')?.1;
    }
}

/// The publisher of a name; case and accents do not matter.
pub fn publisher_named(name: &str) -> Option<&'static Publisher> {
    BY_NAME.get(&fold(name.trim())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(host: &str) -> Option<&'static str> {
        publisher_of_host(host).map(|publisher| publisher.name.as_str())
    }

    #[test]
    fn a_host_under_a_publishers_host_is_the_publishers() {
        assert_eq!(name_of("www.bbc.co.uk"), Some("BBC"));
        assert_eq!(name_of("EN.IRNA.IR."), Some("IRNA"));
        assert_eq!(name_of("tass.com"), Some("TASS"));
    }

    #[test]
    fn the_longest_host_wins() {
        assert_eq!(name_of("en.interfax.com.ua"), Some("Interfax-Ukraine"));
        assert_eq!(name_of("news.un.org"), Some("UN News"));
        assert_eq!(name_of("ofac.treasury.gov"), Some("OFAC"));
        assert_eq!(name_of("home.treasury.gov"), Some("US Treasury"));
    }

    #[test]
    fn a_host_that_only_ends_alike_is_nobodys() {
        assert_eq!(name_of("notbbc.co.uk"), None);
        assert_eq!(name_of("co.uk"), None);
        assert_eq!(name_of(""), None);
    }

    #[test]
    fn names_are_found_without_case_and_accents() {
        assert_eq!(
            publisher_named("hurriyet daily NEWS").map(|p| p.name.as_str()),
            Some("Hürriyet Daily News")
        );
        assert_eq!(publisher_named("Nobody's Gazette"), None);
    }

    #[test]
    fn papers_of_one_owner_are_one_group() {
        let group = |name: &str| publisher_named(name).unwrap().group();
        assert_eq!(group("The Times"), group("The Wall Street Journal"));
        assert_eq!(group("TASS"), "TASS");
    }

    #[test]
    fn every_kind_of_publisher_reads_back_from_its_slug_and_its_number() {
        for kind in PublisherKind::ALL {
            assert_eq!(kind.slug().parse(), Ok(kind));
            assert_eq!(PublisherKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(
            "wire".parse::<PublisherKind>().unwrap_err().to_string(),
            "expected one of agency, ministry, broadcaster, newspaper, magazine, website, blog, body, think_tank, \
             but found “wire”"
        );
    }
}
