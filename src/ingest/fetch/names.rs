//! Names → the addresses that may be connected to. The client connects to what is given here and resolves nothing itself, so
//! that a name that leads elsewhere a moment later leads nowhere.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::{self, Forbidden};

/// Which of a name's addresses may be connected to.
#[derive(Debug, Clone, Copy)]
pub enum Names {
    /// Those outside our own network.
    Guarded,
    /// All.
    Open,
}

/// Why the resolver gives no address.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("it leads to {0}, {1}")]
    Forbidden(SocketAddr, Forbidden),
    #[error("it cannot be found")]
    Unknown,
}

#[derive(Debug, Clone, Copy)]
pub struct Resolver {
    pub names: Names,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.names;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(|_| Refusal::Unknown)?
                .collect();
            let mut allowed = found.clone();
            if let Names::Guarded = names {
                allowed.retain(|address| guard::forbidden(address.ip()).is_none());
            }
            if allowed.is_empty() {
                let refusal = found
                    .into_iter()
                    .find_map(|address| {
                        guard::forbidden(address.ip()).map(|why| Refusal::Forbidden(address, why))
                    })
                    .unwrap_or(Refusal::Unknown);
                return Err(refusal.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
