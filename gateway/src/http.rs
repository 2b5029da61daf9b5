//! The two HTTP clients of the process. Reads share connections; changes are sent once, on a connection of
//! their own, so that "the connection was never made" is certain knowledge.

use reqwest::{Client, redirect::Policy};

use crate::Timings;

/// How many redirects a read may follow, all on the same host.
const MAX_REDIRECTS: usize = 3;

/// `direct`: the provider is on this machine, so a proxy from the environment is passed by.
pub(crate) fn for_reads(timings: &Timings, direct: bool) -> reqwest::Result<Client> {
    let same_host = Policy::custom(|attempt| {
        let first = attempt.previous().first();
        let same = first.is_some_and(|first| first.origin() == attempt.url().origin());
        if same && attempt.previous().len() <= MAX_REDIRECTS {
            attempt.follow()
        } else {
            // The token must not travel to another host: the redirect itself becomes the answer.
            attempt.stop()
        }
    });
    let builder = Client::builder();
    let builder = if direct { builder.no_proxy() } else { builder };
    builder
        .user_agent(concat!("Vitosha/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(timings.connect)
        .timeout(timings.answer)
        .read_timeout(timings.answer)
        .redirect(same_host)
        .retry(reqwest::retry::never())
        .build()
}

pub(crate) fn for_changes(timings: &Timings, direct: bool) -> reqwest::Result<Client> {
    let builder = Client::builder();
    let builder = if direct { builder.no_proxy() } else { builder };
    builder
        .user_agent(concat!("Vitosha/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(timings.connect)
        .timeout(timings.answer)
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .http1_only()
        .pool_max_idle_per_host(0)
        .build()
}
