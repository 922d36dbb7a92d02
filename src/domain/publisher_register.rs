//! The register of publishers in the process: from a name or a host to the publisher that editors keep, and to what counts as one.

use std::collections::HashMap;

use super::{fold::fold, publisher::Publisher};

/// Every publisher on record, found by name or by host.
#[derive(Debug, Clone, Default)]
pub struct PublisherRegister {
    publishers: Vec<Publisher>,
    by_name: HashMap<String, usize>,
    by_host: HashMap<String, usize>,
}

impl PublisherRegister {
    /// Builds the register. Where two publishers share a host, the earlier has it.
    pub fn new(publishers: Vec<Publisher>) -> Self {
        let mut register = Self::default();
        for (index, publisher) in publishers.iter().enumerate() {
            register
                .by_name
                .entry(fold(&publisher.name))
                .or_insert(index);
            for host in &publisher.hosts {
                register.by_host.entry(host.clone()).or_insert(index);
            }
        }
        Self {
            publishers,
            ..register
        }
    }

    /// Every publisher, in the order of the record.
    pub fn all(&self) -> &[Publisher] {
        &self.publishers
    }

    /// The publisher of a name; case and accents do not matter.
    pub fn named(&self, name: &str) -> Option<&Publisher> {
        self.by_name
            .get(&fold(name.trim()))
            .and_then(|index| self.publishers.get(*index))
    }

    /// The publisher of a host: the one with the longest host that is the end of this one, label by label
    /// (`www.bbc.co.uk` → `bbc.co.uk`, never `notbbc.co.uk`).
    pub fn of_host(&self, host: &str) -> Option<&Publisher> {
        let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(index) = self.by_host.get(rest) {
                return self.publishers.get(*index);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The folded name that counts where independent sources are counted: the owner's, else the publisher's own.
    pub fn group(&self, name: &str) -> String {
        fold(self.named(name).map_or(name, Publisher::group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference;

    #[test]
    fn names_hosts_and_owners_are_found_as_in_the_reference_data() {
        let register = PublisherRegister::new(reference::publishers().to_vec());
        let host = |host| {
            register
                .of_host(host)
                .map(|publisher| publisher.name.as_str())
        };
        assert_eq!(host("www.bbc.co.uk"), Some("BBC"));
        assert_eq!(host("notbbc.co.uk"), None);
        assert_eq!(
            register.group("the times"),
            register.group("The Wall Street Journal")
        );
        assert_eq!(register.group("Nobody’s Gazette"), "nobody's gazette");
    }
}
