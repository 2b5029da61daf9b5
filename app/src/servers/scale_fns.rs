//! Moving a server to another plan: what was chosen, in the address as in the form, and what is sent for it.

use leptos::prelude::*;
use vpsbg_api::{QuoteScale, ScaleServer, Server, ServerId};

use super::beside::{allowed, page_with, which_server};
use crate::{
    forms::{Kind, Refusal, Rule, Typed, submit},
    routes,
    spending::{led_by, price_shown},
};

/// The key of the plan to move to.
pub const PLAN: Rule =
    Rule::new(Kind::Choice, "plan", "New plan").required("Choose a plan to move to.").longest(100);
/// The disk stays as large as it is.
pub const KEEP_DISK: Rule = Rule::new(Kind::Tick, "keep_disk", "Keep the disk as it is");
/// What is chosen.
pub const FIELDS: &[Rule] = &[PLAN, KEEP_DISK];

/// The provider's names for our fields.
pub const NAMES: &[(&str, &str)] = &[("plan", PLAN.name), ("scale_disk", KEEP_DISK.name)];

/// A move that somebody thinks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Key of the plan.
    pub plan: String,
    /// The disk stays as it is.
    pub keep_disk: bool,
}

impl Wish {
    /// What was chosen; what is wrong with it is noted.
    pub fn read(typed: &Typed, wrong: &mut Refusal) -> Self {
        let plan = wrong.read(&PLAN, typed.get(PLAN.name)).to_owned();
        Self { plan, keep_disk: typed.get(KEEP_DISK.name) == "on" }
    }

    /// Asks what it costs.
    pub fn quote(&self, id: ServerId) -> QuoteScale {
        QuoteScale { id, plan: self.plan.clone(), scale_disk: !self.keep_disk }
    }

    /// Does it.
    pub fn order(&self, id: ServerId) -> ScaleServer {
        ScaleServer { id, plan: self.plan.clone(), scale_disk: !self.keep_disk }
    }
}

/// The page on which the form stands.
pub fn page_of_move(typed: &Typed) -> String {
    page_with(typed, FIELDS, routes::server_scale)
}

/// Moves a server to another plan, for what was shown at most.
#[server(prefix = "/do", endpoint = "servers/scale")]
pub async fn move_server() -> Result<(), ServerFnError> {
    let typed = Typed::here();
    let Ok(id) = typed.get("id").parse::<ServerId>() else { return which_server().await };
    submit(&page_of_move(&typed), async move |account, typed: Typed| {
        allowed(&account, id, Server::can_scale).await?;
        let mut wrong = Refusal::none();
        let wish = Wish::read(&typed, &mut wrong);
        wrong.check()?;
        let spent = account.spend_quoted(&wish.order(id), &wish.quote(id), price_shown(&typed)).await;
        led_by(spent, |_, _| routes::with_query(&routes::server(id), &[("done", "scaled")]), NAMES)
    })
    .await
}
