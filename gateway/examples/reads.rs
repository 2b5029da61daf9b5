//! What the gateway adds to a read: cached and uncached, beside the same requests without it. For `make bench`.
//!
//! Expects the address of a sandbox's API as its argument and a token in `VITOSHA_BENCH_TOKEN`. Both sides ask
//! for the same servers at the same provider, one after the other in every round, and decode what comes.
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::{
    error::Error,
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::try_join_all;
use gateway::{Account, Actor, Gateway, SealingKey, Session, Settings, Timings};
use vpsbg_api::{Decode, GetServer, ListServers, Notes, Server, ServerFilter, ServerId};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Reads under way at any time.
const CONNECTIONS: usize = 32;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(4);

#[tokio::main]
async fn main() -> Outcome<()> {
    let api = std::env::args().nth(1).ok_or("the address of an API is needed")?;
    let token = std::env::var("VITOSHA_BENCH_TOKEN").map_err(|_| "VITOSHA_BENCH_TOKEN is needed")?;
    let remembering = account(&api, &token, Duration::from_secs(3600)).await?;
    let forgetting = account(&api, &token, Duration::ZERO).await?;
    let bare = reqwest::Client::builder().no_proxy().build()?;
    let list = ListServers { page: 1, per_page: Some(50), filter: ServerFilter::default(), sort: None };
    let servers = remembering.read(&list).await.map_err(|error| error.to_string())?;
    // One per connection: identical reads at the same moment would become one call.
    let ids: Arc<[ServerId]> = servers.value.rows.iter().map(|server| server.id).take(CONNECTIONS).collect();

    let direct = |id: ServerId| {
        let request = bare.get(format!("{api}/servers/{id}")).bearer_auth(&token);
        async move {
            let bytes = request.send().await?.error_for_status()?.bytes().await?;
            Server::decode(&serde_json::from_slice(&bytes)?, &mut Notes::default())?;
            Ok(())
        }
    };
    let through = |account: &Account, id: ServerId| {
        let account = account.clone();
        async move {
            account
                .read(&GetServer { id, with_app_guide: false })
                .await
                .map(drop)
                .map_err(|error| error.to_string().into())
        }
    };
    let mut rates = [const { Vec::new() }; 3];
    for round in 1..=ROUNDS {
        rates[0].push(rate(&ids, direct).await?);
        rates[1].push(rate(&ids, |id| through(&forgetting, id)).await?);
        rates[2].push(rate(&ids, |id| through(&remembering, id)).await?);
        let last = rates.each_ref().map(|rates| rates.last().copied().unwrap_or_default());
        println!(
            "  round {round}: direct {:.0}/s, uncached {:.0}/s, cached {:.0}/s",
            last[0], last[1], last[2]
        );
    }
    let [direct, uncached, cached] = rates.map(median);
    println!(
        "median: direct {direct:.0}/s, uncached {uncached:.0}/s (overhead {:.1} %), cached {cached:.0}/s ({:.1} times direct)",
        (direct / uncached - 1.0) * 100.0,
        cached / direct,
    );
    Ok(())
}

/// Reads per second, with one read of each server under way all the time.
async fn rate<F>(ids: &Arc<[ServerId]>, read: impl Fn(ServerId) -> F) -> Outcome<f64>
where
    F: Future<Output = Outcome<()>> + Send,
{
    let began = Instant::now();
    let workers = ids.iter().map(|id| async {
        let mut count = 0_u32;
        while began.elapsed() < ROUND {
            read(*id).await?;
            count += 1;
            // What comes from memory never waits by itself.
            tokio::task::consume_budget().await;
        }
        Outcome::Ok(count)
    });
    let counts = try_join_all(workers).await?;
    Ok(counts.into_iter().map(f64::from).sum::<f64>() / began.elapsed().as_secs_f64())
}

async fn account(api: &str, token: &str, fresh: Duration) -> Outcome<Account> {
    let directory = tempfile::tempdir()?.keep();
    let key = SealingKey::from_hex(&"5a".repeat(32))?;
    let timings = Timings { fresh, ..Timings::default() };
    let settings = Settings { api_url: api.parse()?, directory, key, timings };
    let gateway = Gateway::start(settings).await?;
    let session = Session::new(None, Arc::new(gateway.sessions()), None);
    gateway.sign_in(&session, token, None).await?;
    gateway.enter(&session, Actor::default()).await.map_err(|out| format!("{out:?}").into())
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
