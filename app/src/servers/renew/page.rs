//! `/servers/renew`: asks for how long, shows what the provider wants for all chosen servers together, and orders it.
//! Nothing is done by coming here.

use gateway::{Account, Draft, Error};
use leptos::prelude::*;

use super::{
    chosen::{Chosen, Nothing, chosen},
    price::{self, Asked},
    wish::{FIELDS, MONTHS, NAMES, PROMO, Wish, lengths, usual_length},
};
use crate::{
    components::{
        asking::Asking,
        form::{Choice, Field},
        frame::{Frame, Section},
        notice::{main_trouble, notice, status},
        table::{Column, Table},
        time::Day,
    },
    forms::{Refusal, draft_here, refused},
    live::Sources,
    routes, spending,
    visitor::Visitor,
    words::count,
};

/// The page.
#[component]
pub fn RenewPage() -> impl IntoView {
    let address = Visitor::here().address;
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let get = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.clone());
        let wish = Wish::of_address(&pairs);
        let draft = draft_here(&account, get("draft")).await;
        Some(match chosen(&account, &wish, get("all").is_some()).await {
            Ok(chosen) => ask(&account, wish, chosen, draft).await,
            Err(Nothing::Failed(error)) => {
                let live = Sources::default().waiting_after(&error);
                let body = main_trouble(&error, "the list of servers");
                framed("Renew", &wish, live, view! { <div data-region="pending">{body}</div> }.into_any())
            }
            Err(Nothing::Said(words)) => {
                let body = said(&words, &wish, draft);
                framed("Renew", &wish, Sources::default(), body)
            }
        })
    })
}

fn framed(title: &str, wish: &Wish, live: Sources, body: AnyView) -> AnyView {
    let above = vec![(back(wish), "Servers".to_owned())];
    view! { <Frame title=title section=Section::Servers above=above live=live>{body}</Frame> }.into_any()
}

/// The list in which they were chosen, as it was.
fn back(wish: &Wish) -> String {
    let of_list = wish.from.split('?').next() == Some(routes::SERVERS);
    if of_list { routes::safe_next(&wish.from).to_owned() } else { routes::SERVERS.to_owned() }
}

fn said(words: &str, wish: &Wish, draft: Option<Draft>) -> AnyView {
    status(http::StatusCode::UNPROCESSABLE_ENTITY);
    view! {
        {draft.as_ref().map(problems)}
        <div class="empty">
            <p class="empty-title">{words.to_owned()}</p>
            <p>"Choose servers in the list: “Renew” stands below it. Nothing was ordered."</p>
            <p><a class="button" href=back(wish)>"Back to the list"</a></p>
        </div>
    }
    .into_any()
}

/// What was refused before, of the form as a whole.
fn problems(draft: &Draft) -> AnyView {
    let whole = draft.errors.iter().filter(|(field, _)| field.is_empty());
    let words = |problem: String| notice("bad", view! { <p>{problem}</p> });
    whole.map(|(_, problem)| words(problem.clone())).collect_view().into_any()
}

/// What the provider said of single servers of the quote, by their place in it; and the rest.
fn of_servers(error: &Error) -> (Vec<(usize, String)>, Error) {
    let Error::Invalid(fields) = error else { return (Vec::new(), error.clone()) };
    let place = |field: &str| field.strip_prefix("server_ids.")?.parse::<usize>().ok();
    let (theirs, others): (Vec<_>, Vec<_>) =
        fields.iter().cloned().partition(|(field, _)| place(field).is_some());
    let words = |problems: Vec<String>| format!("The provider says: {}", problems.join(" "));
    let theirs = theirs.into_iter().filter_map(|(field, problems)| Some((place(&field)?, words(problems))));
    (theirs.collect(), Error::Invalid(others))
}

async fn ask(account: &Account, mut wish: Wish, mut chosen: Vec<Chosen>, draft: Option<Draft>) -> AnyView {
    wish.servers = chosen.iter().filter(|chosen| chosen.not.is_none()).map(|chosen| chosen.id).collect();
    let title = match chosen.as_slice() {
        [one] => format!("Renew {}", one.name()),
        more => format!("Renew {}", count(more.len() as u64, "server")),
    };
    if wish.servers.is_empty() {
        let words = "None of them can be renewed.";
        let body = view! { {table(&chosen)} {said(words, &wish, draft)} };
        return framed(&title, &wish, Sources::default(), body.into_any());
    }
    if wish.months.is_empty() {
        let cycle =
            chosen.first().filter(|_| chosen.len() == 1).and_then(|one| one.server.as_ref()?.billing_cycle);
        wish.months = usual_length(cycle);
    }
    let mut wrong = Refusal::none();
    let operations = wish.operations(&mut wrong);
    let (mut quote, balance) = match &operations {
        Some((quote, _)) => {
            let (quote, balance) = futures::join!(account.read(quote), spending::balance(account));
            (Some(quote), balance)
        }
        None => (None, None),
    };
    if let Some(Err(error @ Error::StillWaiting)) = &quote {
        // Nobody may type into a page that completes itself.
        let live = Sources::default().waiting_after(error);
        let body = view! {
            <div data-region="pending">{main_trouble(error, "the price of this renewal")} {table(&chosen)}</div>
        };
        return framed(&title, &wish, live, body.into_any());
    }
    if let Some(Err(error @ Error::Invalid(_))) = &quote {
        let (theirs, others) = of_servers(error);
        let quoted = wish.servers.clone();
        for (place, words) in theirs {
            let id = quoted.get(place);
            for chosen in chosen.iter_mut().filter(|chosen| Some(&chosen.id) == id) {
                chosen.not = Some(words.clone());
            }
        }
        let nothing_else = matches!(&others, Error::Invalid(fields) if fields.is_empty());
        let told = wish.servers.iter().any(|id| chosen.iter().any(|one| one.id == *id && one.not.is_some()));
        wrong = if nothing_else && told {
            Refusal::whole("The provider does not renew all of these: the table says which and why.")
        } else {
            refused(&others, NAMES)
        };
        quote = None;
    }
    let said = wrong.into_errors();
    if !said.is_empty() {
        status(http::StatusCode::UNPROCESSABLE_ENTITY);
    }
    let form = asking(&wish, said, draft.as_ref());
    // Without a price there is no form at which what was refused could stand.
    let has_form = matches!(&quote, Some(Ok(_) | Err(Error::NotOffered)));
    let refused_before = draft.as_ref().filter(|_| !has_form).map(problems);
    let price = operations.as_ref().zip(quote.as_ref()).map(|((_, renewal), quote)| {
        let whom =
            if chosen.len() == 1 { chosen[0].name() } else { count(wish.servers.len() as u64, "server") };
        let close = back(&wish);
        let asked = Asked { wish: &wish, renewal, whom, balance, close, draft };
        price::section(account, asked, quote)
    });
    let others = others(&wish, &chosen);
    let again = again(&chosen);
    let body = view! {
        {refused_before}
        {form}
        {others}
        {again}
        {price}
        <section aria-labelledby="chosen-title">
            <h2 id="chosen-title">"Servers"</h2>
            {table(&chosen)}
        </section>
    };
    framed(&title, &wish, Sources::default(), body.into_any())
}

/// For how long, and with which code.
fn asking(wish: &Wish, said: Vec<(String, String)>, refused: Option<&Draft>) -> AnyView {
    // What was refused at these fields stands here, too; the rest stands at the form that was sent.
    let ours = |field: &str| FIELDS.iter().any(|rule| rule.name == field);
    let sent = refused.into_iter().flat_map(|draft| draft.errors.clone()).filter(|(field, _)| ours(field));
    let values = [(MONTHS.name, &wish.months), (PROMO.name, &wish.promo)];
    let draft = Draft {
        values: values.map(|(name, value)| (name.to_owned(), value.clone())).into(),
        errors: said.into_iter().chain(sent).collect(),
    };
    let keep = vec![("server", routes::together(&wish.servers)), ("from", wish.from.clone())];
    let at_fields = Some(draft.clone());
    view! {
        <Asking action=routes::RENEW label="How it is renewed" fields=FIELDS draft=draft keep=keep
            verb="Show price">
            <Choice rule=MONTHS options=lengths() draft=at_fields.clone() />
            <Field rule=PROMO draft=at_fields autocomplete="off" />
        </Asking>
    }
    .into_any()
}

/// Where some certainly cannot be renewed: what that means for the others.
fn others(wish: &Wish, chosen: &[Chosen]) -> Option<AnyView> {
    let not = chosen.iter().filter(|chosen| chosen.not.is_some()).count() as u64;
    if not == 0 {
        return None;
    }
    let left: Vec<_> = chosen.iter().filter(|chosen| chosen.not.is_none()).map(|chosen| chosen.id).collect();
    let words = format!("{} cannot be renewed; the table says why.", count(not, "server"));
    // Those of which the provider itself said no are still in what was asked.
    let without = (!left.is_empty() && left.len() < wish.servers.len()).then(|| {
        let to = routes::renew(&left, &wish.months, &wish.promo, &wish.from);
        view! { " " <a href=to>"Renew the others"</a> }
    });
    Some(notice("warning", view! { <p>{words} {without}</p> }))
}

/// Where some have a renewal that is ordered already.
fn again(chosen: &[Chosen]) -> Option<AnyView> {
    let unpaid = chosen.iter().filter(|chosen| chosen.is_ordered()).count() as u64;
    (unpaid > 0).then(|| {
        let words = format!("Ordered already, and not done yet: {}. ", count(unpaid, "server"));
        notice(
            "warning",
            view! { <p>
                <strong>{words}</strong> "This makes a second order, and both may be charged. "
                <a href=routes::ORDERS>"See the orders first"</a> "."
            </p> },
        )
    })
}

/// Every server that was chosen, until when it is paid, and what stands against it.
fn table(chosen: &[Chosen]) -> AnyView {
    let rows = chosen
        .iter()
        .map(|chosen| {
            let expiry = chosen.server.as_ref().and_then(|server| server.expiry_at).map(|at| at.0);
            let unpaid =
                chosen.is_ordered().then(|| "An earlier order to renew it is not done yet.".to_owned());
            let notes: Vec<String> =
                [chosen.not.clone(), unpaid, chosen.lock()].into_iter().flatten().collect();
            view! {
                <tr>
                    <th scope="row"><a href=routes::server(chosen.id)>{chosen.name()}</a></th>
                    <td><Day at=expiry /></td>
                    <td class="wide">{notes.join(" ")}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![Column::text("Server"), Column::text("Paid until"), Column::text("Note")];
    view! { <Table caption="Servers to renew" columns=columns>{rows}</Table> }.into_any()
}
