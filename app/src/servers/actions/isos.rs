//! What is in the drives of a server. Both are set by one call, so what was shown goes along: what somebody else put
//! in meanwhile must not be ejected unseen.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error, IsosSeen, Reading};
use leptos::prelude::*;
use vpsbg_api::{Iso, IsoId, Reason, Server, SetServerIsos};

use crate::{
    components::{
        form::{Choice, Hidden},
        notice::{notice, trouble},
    },
    forms::{Kind, Refusal, Rule, Typed},
    isos, routes,
    servers::{
        action::{Offer, ServerAction, act},
        tab::ServerTab,
        words::name,
    },
};

const FIRST: Rule =
    Rule::new(Kind::Choice, "first", "First drive").required("Choose what is in the first drive.");
const SECOND: Rule =
    Rule::new(Kind::Choice, "second", "Second drive").required("Choose what is in the second drive.");
/// What was in the drives when the form was made.
const BEFORE: &str = "before";
/// The ISO that a link brings along.
const ISO: &str = "iso";
/// A drive without anything in it.
const EMPTY: &str = "empty";

/// Puts ISOs into the drives of a server, or takes them out.
pub struct SetIsos;

impl ServerAction for SetIsos {
    type Operation = SetServerIsos;
    const WORD: &'static str = "isos";
    const VERB: &'static str = "Set drives";
    const NAME: &'static str = "Mount or eject ISOs";
    const TO: &'static str = routes::DO_SET_SERVER_ISOS;
    const TAB: ServerTab = ServerTab::Images;
    const FIELDS: &'static [Rule] = &[FIRST, SECOND];
    const ABOUT: &'static [&'static str] = &[ISO];
    const NAMES: &'static [(&'static str, &'static str)] =
        &[("primary_iso_id", FIRST.name), ("secondary_iso_id", SECOND.name)];

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_mount_isos()
    }

    fn title(server: &Server) -> String {
        format!("What is in the drives of {}?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let name = name(server);
        format!(
            "{name} is not restarted by this. When it starts the next time, it boots from the first drive before its \
             own disk, as long as something is in there that can be booted."
        )
    }

    fn fields<'a>(
        account: &'a Account,
        server: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(async move {
            let all = account.isos().await;
            Ok(fields(server, draft.clone(), all.as_ref()))
        })
    }

    fn check<'a>(
        account: &'a Account,
        server: &'a Server,
        typed: &'a Typed,
    ) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            let mut refusal = Refusal::none();
            for rule in [FIRST, SECOND] {
                refusal.read(&rule, typed.get(rule.name));
            }
            refusal.check()?;
            let now =
                account.server_now(server.id).await.map_err(|error| Refusal::whole(error.to_string()))?;
            if typed.get(BEFORE) == before(&now) {
                return Ok(());
            }
            let [first, second] = drives(&now).map(|iso| iso.map_or("empty".to_owned(), iso_name));
            Err(Refusal::whole(format!(
                "The drives were changed by somebody else meanwhile, so they were left alone. Now the first one holds: \
                 {first}; the second one: {second}. Look at your choice and send it again."
            )))
        })
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<SetServerIsos> {
        let [first, second] = wanted(server, typed);
        let mut read = |rule: Rule, word: &str| match word {
            EMPTY => None,
            id => id.parse().map_err(|_| refusal.add(rule.name, "Choose one of the list.")).ok(),
        };
        let (primary, secondary) = (read(FIRST, &first), read(SECOND, &second));
        Some(SetServerIsos { id: server.id, primary, secondary })
    }
}

/// Sets the drives of a server.
#[server(prefix = "/do", endpoint = "servers/isos")]
pub async fn set_drives() -> Result<(), ServerFnError> {
    act::<SetIsos>().await
}

/// Where it is asked to mount an ISO on a server; or why it cannot be done now.
pub fn mount(server: &Server, iso: IsoId) -> Result<String, String> {
    let offer = Offer::of::<SetIsos>();
    offer.to(server).map(|_| offer.asked_with(server.id, &[(ISO, &iso.to_string())]))
}

fn drives(server: &Server) -> [Option<&Iso>; 2] {
    [server.primary_iso.as_deref(), server.secondary_iso.as_deref()]
}

fn word(iso: Option<&Iso>) -> String {
    iso.map_or(EMPTY.to_owned(), |iso| iso.id.to_string())
}

fn before(server: &Server) -> String {
    drives(server).map(word).join(" ")
}

fn iso_name(iso: &Iso) -> String {
    iso.name.clone().unwrap_or_else(|| format!("ISO {}", iso.id))
}

/// What was chosen for each drive. Where nothing was yet: what is in it, and the ISO of the link in the first free one.
fn wanted(server: &Server, typed: &Typed) -> [String; 2] {
    let mut drives = drives(server).map(word);
    if let Ok(iso) = typed.get(ISO).parse::<IsoId>().map(|iso| iso.to_string())
        && !drives.contains(&iso)
        && let Some(free) = drives.iter_mut().find(|drive| *drive == EMPTY)
    {
        *free = iso;
    }
    let [first, second] = drives;
    let chosen = |rule: Rule, or: String| match typed.get(rule.name) {
        "" => or,
        chosen => chosen.to_owned(),
    };
    [chosen(FIRST, first), chosen(SECOND, second)]
}

fn fields(server: &Server, mut draft: Draft, all: Result<&Reading<IsosSeen>, &Error>) -> AnyView {
    let present = drives(server);
    let mut options = vec![(EMPTY.to_owned(), "Empty".to_owned())];
    let listed = all.map(|reading| reading.value.isos.as_slice()).unwrap_or_default();
    options.extend(
        listed
            .iter()
            .filter(|progress| progress.iso.can_mount().is_ok())
            .map(|progress| (progress.iso.id.to_string(), isos::name(progress))),
    );
    // What is in a drive stays there unless somebody takes it out, also when the list no longer has it.
    for iso in present.into_iter().flatten() {
        if !options.iter().any(|(value, _)| *value == iso.id.to_string()) {
            options.push((
                iso.id.to_string(),
                format!("{} (in a drive, no longer among the ISOs)", iso_name(iso)),
            ));
        }
    }
    // The ISO of a link that cannot be mounted is not chosen for anybody.
    let linked = draft.value(ISO).filter(|iso| !iso.is_empty()).map(str::to_owned);
    let unfit = linked.filter(|iso| all.is_ok() && !options.iter().any(|(value, _)| value == iso));
    let said = unfit.map(|unfit| {
        draft.values.retain(|(name, _)| name != ISO);
        let found = listed.iter().find(|progress| progress.iso.id.to_string() == unfit);
        let why = found.and_then(|progress| progress.iso.can_mount().err());
        let name = found.map_or("The ISO of this link".to_owned(), isos::name);
        let why = why.map_or("It is not among the ISOs of this account.".to_owned(), |why| why.to_string());
        notice("warning", view! { <p>{format!("{name} cannot be mounted now. {why}")}</p> })
    });
    let chosen = wanted(server, &Typed::of(&draft.values));
    let full = draft.value(ISO).is_some_and(|iso| !chosen.iter().any(|drive| drive == iso));
    let full = full.then(|| {
        notice(
            "info",
            view! { <p>"Both drives are in use: choose the one whose ISO goes out for the new one."</p> },
        )
    });
    for (rule, chosen) in [FIRST, SECOND].into_iter().zip(&chosen) {
        if !options.iter().any(|(value, _)| value == chosen) {
            options.push((chosen.clone(), format!("ISO {chosen} (no longer among the ISOs)")));
        }
        draft.values.retain(|(name, _)| name != rule.name);
        draft.values.push((rule.name.to_owned(), chosen.clone()));
    }
    let hints = present.map(|iso| format!("Now: {}.", iso.map_or("empty".to_owned(), iso_name)));
    let [in_first, in_second] = hints;
    let unread = all.err().map(|error| trouble(error, "the ISOs"));
    view! {
        <Hidden name=BEFORE value=before(server) />
        {said}
        {full}
        {unread}
        <Choice rule=FIRST options=options.clone() hint=in_first draft=Some(draft.clone()) />
        <Choice rule=SECOND options=options hint=in_second draft=Some(draft) />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vpsbg_api::{Decode, Notes};

    use super::*;

    fn server(first: Option<u64>, second: Option<u64>) -> Server {
        let iso = |id: Option<u64>| id.map(|id| json!({ "id": id, "name": format!("{id}.iso") }));
        let whole = json!({ "id": 7, "primary_iso": iso(first), "secondary_iso": iso(second) });
        Server::decode(&whole, &mut Notes::default()).unwrap()
    }

    fn typed(values: &[(&str, &str)]) -> Typed {
        let values: Vec<_> =
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Typed::of(&values)
    }

    #[test]
    fn the_iso_of_a_link_goes_into_the_first_free_drive() {
        for (drives, expected) in [
            ((None, None), ["12", "empty"]),
            ((Some(3), None), ["3", "12"]),
            ((None, Some(3)), ["12", "3"]),
            ((Some(3), Some(4)), ["3", "4"]),
            ((None, Some(12)), ["empty", "12"]),
        ] {
            assert_eq!(wanted(&server(drives.0, drives.1), &typed(&[("iso", "12")])), expected);
        }
    }

    #[test]
    fn what_was_chosen_counts() {
        let typed = typed(&[("iso", "12"), ("first", "empty"), ("second", "12")]);
        assert_eq!(wanted(&server(Some(3), None), &typed), ["empty", "12"]);
        let mut refusal = Refusal::none();
        let sent = SetIsos::operation(&server(Some(3), None), &typed, &mut refusal).unwrap();
        assert!(refusal.is_empty() && sent.primary.is_none() && sent.secondary.unwrap().get() == 12);
    }
}
