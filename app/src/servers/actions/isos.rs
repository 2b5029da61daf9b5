//! What is in the drives of a server. Both are set by one call, so what was shown goes along: what somebody else put
//! in meanwhile must not be ejected unseen.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error, IsosSeen, Reading};
use leptos::prelude::*;
use vpsbg_api::{Iso, IsoId, Reason, Server, SetServerIsos, Told};

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
            let [first, second] = now.drives().map(in_words);
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
            "" => {
                refusal.read(&rule, "");
                None
            }
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

/// What is in a drive, as a choice. Nothing is chosen where the provider does not tell: both drives are set by one
/// call, and what nobody saw must not be ejected by it.
fn word(drive: &Told<Box<Iso>>) -> String {
    match drive {
        Told::Is(iso) => iso.id.to_string(),
        Told::Nothing => EMPTY.to_owned(),
        Told::Unknown => String::new(),
    }
}

/// What is in a drive, for people.
fn in_words(drive: &Told<Box<Iso>>) -> String {
    match drive {
        Told::Is(iso) => iso_name(iso),
        Told::Nothing => "empty".to_owned(),
        Told::Unknown => "not told by the provider".to_owned(),
    }
}

fn before(server: &Server) -> String {
    let seen = |drive| match word(drive) {
        word if word.is_empty() => "?".to_owned(),
        word => word,
    };
    server.drives().map(seen).join(" ")
}

fn iso_name(iso: &Iso) -> String {
    iso.name.clone().unwrap_or_else(|| format!("ISO {}", iso.id))
}

/// What was chosen for each drive. Where nothing was yet: what is in it, and the ISO of the link in the first free one.
fn wanted(server: &Server, typed: &Typed) -> [String; 2] {
    let mut drives = server.drives().map(word);
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
    let drives = server.drives();
    let mut options = vec![(EMPTY.to_owned(), "Empty".to_owned())];
    let listed = all.map(|reading| reading.value.isos.as_slice()).unwrap_or_default();
    options.extend(
        listed
            .iter()
            .filter(|progress| progress.iso.can_mount().is_ok())
            .map(|progress| (progress.iso.id.to_string(), isos::name(progress))),
    );
    // What is in a drive stays there unless somebody takes it out, also when the list no longer has it.
    for iso in drives.into_iter().filter_map(Told::as_ref) {
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
        if !chosen.is_empty() && !options.iter().any(|(value, _)| value == chosen) {
            options.push((chosen.clone(), format!("ISO {chosen} (no longer among the ISOs)")));
        }
        draft.values.retain(|(name, _)| name != rule.name);
        draft.values.push((rule.name.to_owned(), chosen.clone()));
    }
    let choice = |rule: Rule, drive: &Told<Box<Iso>>| {
        let mut options = options.clone();
        let hint = if matches!(drive, Told::Unknown) {
            options.insert(0, (String::new(), "Choose…".to_owned()));
            "The provider does not say what is in it now. Whatever it is goes out, unless you choose the same.".to_owned()
        } else {
            format!("Now: {}.", in_words(drive))
        };
        view! { <Choice rule=rule options=options hint=hint draft=Some(draft.clone()) /> }
    };
    let [in_first, in_second] = drives;
    let (in_first, in_second) = (choice(FIRST, in_first), choice(SECOND, in_second));
    let unread = all.err().map(|error| trouble(error, "the ISOs"));
    view! {
        <Hidden name=BEFORE value=before(server) />
        {said}
        {full}
        {unread}
        {in_first}
        {in_second}
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
    fn what_the_provider_does_not_tell_is_never_ejected_unseen() {
        let whole = json!({ "id": 7, "primary_iso": { "id": 3, "name": "3.iso" } });
        let server = Server::decode(&whole, &mut Notes::default()).unwrap();
        assert_eq!(wanted(&server, &typed(&[("iso", "12")])), ["3", ""], "no drive is known to be free");
        let mut refusal = Refusal::none();
        SetIsos::operation(&server, &typed(&[("first", "3")]), &mut refusal);
        assert!(!refusal.is_empty(), "a choice must be made for a drive that may hold something");
        let mut refusal = Refusal::none();
        let sent = SetIsos::operation(&server, &typed(&[("first", "3"), ("second", "empty")]), &mut refusal)
            .unwrap();
        assert!(refusal.is_empty() && sent.secondary.is_none());
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
