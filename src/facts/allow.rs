//! Contacts that a project allows: its own domains, accounts and addresses.

use super::Facts;
use crate::host;

/// Marks what an entry allows: a host (`example.com`), an account (`@name`, a number), a host with a path
/// (`t.me/name`), an e-mail address.
pub(super) fn mark(entries: &[String], facts: &mut Facts) {
    if entries.is_empty() {
        return;
    }
    for link in &mut facts.links {
        let (host, account) = (link.host().to_owned(), link.account().to_ascii_lowercase());
        let path = link.leads_to().map_or("", |it| &it.path).trim_matches('/');
        let mail = link.url.strip_prefix("mailto:").unwrap_or("").to_ascii_lowercase();
        link.allowed = position(entries, |entry| match entry.split_once('/') {
            _ if entry.contains('@') && !entry.starts_with('@') => mail == entry,
            Some((site, rest)) => host::is_within(&host, site) && path.eq_ignore_ascii_case(rest.trim_matches('/')),
            None => host::is_within(&host, entry) || link.channel.is_some() && same_account(entry, &account),
        });
    }
    for handle in &mut facts.handles {
        let mail =
            handle.account.split_once('@').filter(|(name, _)| !name.is_empty()).map(|(_, domain)| domain.to_owned());
        handle.allowed = position(entries, |entry| match &mail {
            Some(domain) => handle.account == entry || host::is_within(domain, entry),
            None => same_account(entry.rsplit('/').next().unwrap_or(entry), &handle.account),
        });
    }
}

fn position(entries: &[String], allows: impl Fn(&str) -> bool) -> Option<u16> {
    let found = entries.iter().position(|entry| allows(&entry.to_ascii_lowercase()))?;
    u16::try_from(found).ok()
}

fn same_account(entry: &str, account: &str) -> bool {
    let bare = |text: &str| text.trim_start_matches(['@', '+']).to_owned();
    !account.is_empty() && bare(entry) == bare(account)
}
