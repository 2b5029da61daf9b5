//! One shape for everything that is asked for in a dialog over a server's page (`?confirm=<word>`) and sent to
//! `/do/servers/<word>`: what it is called, whether the server allows it, what is asked, what is sent, where it leads.
//!
//! Switching is another matter (`power_dialog.rs`): the gateway follows it. What has a price is asked on pages.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{Operation, Permission, Reason, Server, ServerId};

use super::{lock_words::locked_by, tab::ServerTab, words::name};
use crate::{
    components::{dialog::Dialog, form::Hidden, frame::disabled, notice::trouble},
    forms::{Confirmation, NAME, Refusal, Rule, Typed, refused, submit},
    routes,
    words::time,
};

/// Something to do to a server.
pub trait ServerAction: Send + Sync + 'static {
    /// What is sent.
    type Operation: Operation<Answer: Send + 'static>;
    /// The word in addresses.
    const WORD: &'static str;
    /// The verb on the button.
    const VERB: &'static str;
    /// What it is called in a menu.
    const NAME: &'static str;
    /// Where the form is sent: `routes::DO_…`, which ends in the word.
    const TO: &'static str;
    /// Over which part of the page it is asked, and where it leads afterwards.
    const TAB: ServerTab;
    /// The fields of its form.
    const FIELDS: &'static [Rule] = &[];
    /// What of the page's address belongs to it, beside its word: which address, which image.
    const ABOUT: &'static [&'static str] = &[];
    /// The provider's names of fields and ours.
    const NAMES: &'static [(&'static str, &'static str)] = &[];
    /// Stands among the actions of the page. What is about one of several parts stands beside that part.
    const IN_MENU: bool = true;

    /// Whether the server allows it now, by the contract's own table.
    ///
    /// # Errors
    /// The reason why not.
    fn allowed(server: &Server) -> Result<(), Reason>;

    /// The title of the dialog.
    fn title(server: &Server) -> String {
        format!("{} {}?", Self::VERB, name(server))
    }

    /// What will happen, in words.
    fn consequence(server: &Server, typed: &Typed) -> String;

    /// What stands in the fields before anybody typed: field and value.
    fn at_first(_: &Server) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The fields.
    fn fields<'a>(_: &'a Account, _: &'a Server, _: &'a Draft) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(std::future::ready(Ok(().into_any())))
    }

    /// What only the provider knows, asked before anything is sent: whether what was chosen is still there.
    fn check<'a>(_: &'a Account, _: &'a Server, _: &'a Typed) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// What a refusal of the provider says, and at which fields.
    fn refused(error: &Error) -> Refusal {
        refused(error, Self::NAMES)
    }

    /// Where it leads when the answer was lost and a page shows what became of it; none: back to its form.
    fn lost(_: &Server) -> Option<String> {
        None
    }

    /// What is sent for what was typed. What is wrong is noted in the refusal; None only if nothing can be sent at
    /// all, which is noted too.
    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<Self::Operation>;
}

/// An action as pages, menus and the palette see it.
#[derive(Clone, Copy)]
pub struct Offer {
    /// The word in addresses.
    pub word: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Over which part of the page it is asked.
    pub tab: ServerTab,
    /// What a person must be allowed.
    pub permission: Permission,
    /// What of an address belongs to it.
    about: &'static [&'static str],
    /// Stands among the actions of the page.
    pub in_menu: bool,
    /// Whether the server allows it.
    pub allowed: fn(&Server) -> Result<(), Reason>,
    /// Its dialog.
    pub ask: Ask,
}

/// Makes a dialog; the pairs are those of the page's address.
type Ask = for<'a> fn(
    &'a Account,
    &'a Server,
    &'a [(String, String)],
    Option<Draft>,
) -> BoxFuture<'a, Option<AnyView>>;

impl Offer {
    /// An action.
    pub const fn of<A: ServerAction>() -> Self {
        Self {
            word: A::WORD,
            name: A::NAME,
            tab: A::TAB,
            permission: A::Operation::INFO.permission,
            about: A::ABOUT,
            in_menu: A::IN_MENU,
            allowed: A::allowed,
            ask: |account, server, query, draft| Box::pin(dialog::<A>(account, server, query, draft)),
        }
    }

    /// Where it is asked for a server; or why it cannot be done now.
    pub fn to(&self, server: &Server) -> Result<String, String> {
        (self.allowed)(server).map_err(|reason| reason.to_string())?;
        Ok(self.asked_with(server.id, &[]))
    }

    /// Its button beside the part that it is about; or why it cannot be done now.
    pub fn button(&self, server: &Server) -> AnyView {
        match self.to(server) {
            Ok(to) => view! { <a class="button" href=to>{self.name}</a> }.into_any(),
            Err(reason) => disabled(self.name, &reason),
        }
    }

    /// The page that asks, with what belongs to it.
    pub fn asked_with(&self, id: ServerId, about: &[(&str, &str)]) -> String {
        routes::with_query(&routes::server_ask(id, self.tab.word(), self.word), about)
    }

    /// The page to which its form returns.
    pub fn page_of(&self, id: ServerId, typed: &Typed) -> String {
        let about: Vec<_> = self.about.iter().map(|name| (*name, typed.get(name))).collect();
        self.asked_with(id, &about)
    }
}

async fn dialog<A: ServerAction>(
    account: &Account,
    server: &Server,
    query: &[(String, String)],
    draft: Option<Draft>,
) -> Option<AnyView> {
    let mut draft = draft.unwrap_or_else(|| {
        let first = A::at_first(server).into_iter();
        let values = first.map(|(name, value)| (name.to_owned(), value)).collect();
        Draft { values, errors: Vec::new() }
    });
    // What it is about stands in the address, also when there is nothing typed yet.
    let about = query.iter().filter(|(name, _)| A::ABOUT.contains(&name.as_str()));
    for (name, value) in about {
        if draft.value(name).is_none() {
            draft.values.push((name.clone(), value.clone()));
        }
    }
    let typed = Typed::of(&draft.values);
    // Nothing was sent yet: that something is still missing is no mistake.
    let operation = A::operation(server, &typed, &mut Refusal::none())?;
    let asks = Confirmation::of(&operation, &name(server), consequence::<A>(server, &typed));
    let fields = match A::fields(account, server, &draft).await {
        Ok(fields) => fields,
        Err(error) => trouble(&error, "what there is to choose from"),
    };
    let about = A::ABOUT
        .iter()
        .map(|name| view! { <Hidden name=*name value=typed.get(name).to_owned() /> })
        .collect_view();
    let (title, command) = (A::title(server), account.as_curl(&operation));
    let (id, close) = (server.id.to_string(), routes::server_tab(server.id, A::TAB.word()));
    Some(
        view! {
            <Dialog title=title asks=asks verb=A::VERB action=A::TO close=close
                fields=A::FIELDS draft=Some(draft) curl=command>
                <Hidden name="id" value=id />
                {about}
                {fields}
            </Dialog>
        }
        .into_any(),
    )
}

/// What will happen; a lock does not forbid (FACTS §5.5), but it is said before.
fn consequence<A: ServerAction>(server: &Server, typed: &Typed) -> String {
    let words = A::consequence(server, typed);
    if server.locked != Some(true) {
        return words;
    }
    let task = locked_by(server.lock_reason.as_deref());
    let begun = server.locked_at.map(|at| time::relative(at.0, jiff::Timestamp::now()));
    let begun = begun.map(|begun| format!(" (begun {begun})")).unwrap_or_default();
    format!("{words} {task}{begun}: until it ends, the provider may refuse.")
}

/// What the server function of an action does: checks, asks whether it was confirmed, sends, and leads back to the
/// part of the page that shows it.
pub async fn act<A: ServerAction>() -> Result<(), ServerFnError> {
    let typed = Typed::here();
    let Ok(id) = typed.get("id").parse::<ServerId>() else {
        return submit(routes::SERVERS, async move |_, _: Typed| {
            Err(Refusal::whole("Which server? Choose it in the list."))
        })
        .await;
    };
    let page = Offer::of::<A>().page_of(id, &typed);
    submit(&page, async move |account, typed: Typed| {
        // What is certainly in vain is not sent; what the server is called now is what must be typed.
        let seen = account.server(id).await.map_err(|error| Refusal::whole(error.to_string()))?;
        let server = &seen.value.server;
        A::allowed(server).map_err(|reason| Refusal::whole(reason.to_string()))?;
        let mut refusal = Refusal::none();
        let operation = A::operation(server, &typed, &mut refusal);
        let operation = operation.filter(|_| refusal.is_empty()).ok_or(refusal)?;
        let asks = Confirmation::of(&operation, &name(server), consequence::<A>(server, &typed));
        asks.check(typed.get(NAME.name))?;
        A::check(&account, server, &typed).await?;
        match account.act(&operation).await {
            Ok(_) => Ok(routes::with_query(&routes::server_tab(id, A::TAB.word()), &[("done", A::WORD)])),
            Err(Error::OutcomeUnknown) if A::lost(server).is_some() => {
                Ok(A::lost(server).unwrap_or_default())
            }
            Err(error) => Err(A::refused(&error)),
        }
    })
    .await
}
