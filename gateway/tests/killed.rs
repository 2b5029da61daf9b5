//! The program is killed, by the signal that nobody can catch, while a purchase is under way: never two orders, and
//! done, not done or unknown is said, each only when it is true.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;
#[path = "support/shop.rs"]
mod shop;

use std::{
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use gateway::{Error, Purchase, PurchaseState, Settings, Timings, shown_total};
use provider::sign_in;
use shop::{Deposit, Mood, Shop, moments};

/// Tells the program that is to be killed where the provider is, and where its data are.
const BASE: &str = "TEST_PROVIDER";
const PLACE: &str = "TEST_PLACE";

/// Not a test by itself: the program that is to be killed. It buys, and never lives to see the answer.
#[tokio::test]
async fn the_program_that_is_killed() {
    let (Ok(base), Ok(place)) = (std::env::var(BASE), std::env::var(PLACE)) else { return };
    let settings = Settings {
        api_url: base.parse().unwrap(),
        directory: place.into(),
        key: sandbox::key(),
        timings: Timings { answer: Duration::from_secs(60), ..moments() },
    };
    let account = sign_in(&gateway::Gateway::start(settings).await.unwrap(), "token-one").await;
    let _ = account.spend(&Deposit, shown_total("60")).await;
    std::future::pending::<()>().await;
}

/// This binary once more, as another process that does nothing but buy.
struct Run(Child);

impl Run {
    fn start(shop: &Shop, place: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "the_program_that_is_killed"])
            .env(BASE, &shop.provider.base)
            .env(PLACE, place);
        Self(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// `SIGKILL`: nothing gets to say goodbye.
    fn kill(mut self) {
        self.0.kill().unwrap();
        let status = self.0.wait().unwrap();
        assert_eq!(status.signal(), Some(9), "it had ended by itself: {status}");
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Killed between sending and answer.
async fn killed_while_sending(shop: &Shop, place: &Path) {
    let sent = shop.sent();
    let run = Run::start(shop, place);
    sandbox::until("the sending", || async { (shop.sent() > sent).then_some(()) }).await;
    run.kill();
}

/// The next run of the program says what became of the only purchase. Nobody opens the account before the provider
/// was asked: the session that is stored is enough to look.
async fn said_afterwards(shop: &Shop, place: &Path, timings: Timings) -> Purchase {
    let gateway = shop.provider.gateway(place, timings).await;
    sandbox::until("the look", || async { (shop.provider.asked("GET /orders") >= 2).then_some(()) }).await;
    let account = sign_in(&gateway, "token-one").await;
    let lines = account.purchases().await.unwrap();
    assert_eq!(lines.len(), 1);
    let settled = tokio::time::timeout(Duration::from_secs(30), account.settled(lines[0].id));
    let line = settled.await.unwrap().unwrap();
    assert_eq!(line.shown.as_deref(), Some("60"));
    let records = account.audit(&gateway::AuditFilter::default(), 1).await.unwrap().rows;
    let outcomes: Vec<_> = records.iter().map(|record| record.outcome.as_str()).collect();
    assert_eq!(outcomes, [Error::OutcomeUnknown.code()]);
    line
}

#[tokio::test]
async fn killed_between_sending_and_answer_it_is_done_or_not_done_after_the_restart() {
    for makes in [true, false] {
        let (shop, place) = (Shop::open().await, tempfile::tempdir().unwrap());
        shop.set(Mood::Hang, makes);
        killed_while_sending(&shop, place.path()).await;
        shop.set(Mood::Fine, true);
        let line = said_afterwards(&shop, place.path(), moments()).await;
        let expected = if makes { PurchaseState::Done } else { PurchaseState::NotDone };
        assert_eq!((line.state, line.found.len()), (expected, usize::from(makes)));
        assert_eq!((shop.sent(), shop.orders()), (1, usize::from(makes)), "sent again after the restart");
    }
}

#[tokio::test]
async fn killed_and_nobody_can_tell_it_is_unknown() {
    let timings = Timings { purchase_give_up: Duration::from_millis(500), ..moments() };
    // It was made, and somebody else ordered the same: two that might be it.
    let (shop, place) = (Shop::open().await, tempfile::tempdir().unwrap());
    shop.set(Mood::Hang, true);
    killed_while_sending(&shop, place.path()).await;
    shop.order_of_another("deposit", &[]);
    let line = said_afterwards(&shop, place.path(), timings.clone()).await;
    assert_eq!((line.state, line.found.len()), (PurchaseState::Unknown, 2));
    assert_eq!((shop.sent(), shop.orders()), (1, 2), "sent again after the restart");
    // The provider does not say what orders there are.
    let (shop, place) = (Shop::open().await, tempfile::tempdir().unwrap());
    shop.set(Mood::Hang, false);
    killed_while_sending(&shop, place.path()).await;
    shop.lists(Some(500));
    let line = said_afterwards(&shop, place.path(), timings).await;
    assert_eq!((line.state, line.found.len()), (PurchaseState::Unknown, 0));
    assert_eq!((shop.sent(), shop.orders()), (1, 0), "sent again after the restart");
}

#[tokio::test]
async fn killed_again_and_again_nothing_is_sent_a_second_time() {
    let (shop, place) = (Shop::open().await, tempfile::tempdir().unwrap());
    shop.set(Mood::Hang, true);
    killed_while_sending(&shop, place.path()).await;
    // Each of these wants to buy too, but an earlier purchase is open: the provider does not say what became of it.
    shop.lists(Some(500));
    for _ in 0..3 {
        let looked = shop.provider.asked("GET /orders");
        let run = Run::start(&shop, place.path());
        sandbox::until("looks", || async { (shop.provider.asked("GET /orders") > looked + 3).then_some(()) })
            .await;
        run.kill();
    }
    shop.lists(None);
    shop.set(Mood::Fine, true);
    let gateway = shop.provider.gateway(place.path(), moments()).await;
    let account = sign_in(&gateway, "token-one").await;
    let lines = account.purchases().await.unwrap();
    assert_eq!(lines.len(), 1);
    let settled = tokio::time::timeout(Duration::from_secs(30), account.settled(lines[0].id));
    assert_eq!(settled.await.unwrap().unwrap().state, PurchaseState::Done);
    assert_eq!((shop.sent(), shop.orders()), (1, 1));
}
