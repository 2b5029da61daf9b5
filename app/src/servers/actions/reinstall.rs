//! Reinstalling a server: its disk becomes a fresh system.

use std::collections::BTreeMap;

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error, Gathering, Reading};
use leptos::prelude::*;
use vpsbg_api::{
    ListServerImages, ListSshKeys, Reason, ReinstallServer, Server, ServerImage, ServerImageId, SshKeyId,
};

use crate::{
    components::{
        form::{Choice, Choosable, Field, SomeOf},
        notice::trouble,
    },
    forms::{Kind, Refusal, Rule, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        hostname::{self, NEW_HOSTNAME},
        tab::ServerTab,
        words::name,
    },
};

const IMAGE: Rule = Rule::new(Kind::Choice, "image", "Image").required("Choose what to install.");
const KEYS: Rule = Rule::new(Kind::Choice, "key", "SSH keys");
const PASSWORD: Rule = Rule::new(Kind::Secret, "password", "Password of the administrator").longest(255);

/// Overwrites a server with a fresh system.
pub struct Reinstall;

impl ServerAction for Reinstall {
    type Operation = ReinstallServer;
    const WORD: &'static str = "reinstall";
    const VERB: &'static str = "Reinstall";
    const NAME: &'static str = "Reinstall";
    const TO: &'static str = routes::DO_REINSTALL_SERVER;
    const TAB: ServerTab = ServerTab::Images;
    const FIELDS: &'static [Rule] = &[IMAGE, KEYS, PASSWORD, NEW_HOSTNAME];
    const NAMES: &'static [(&'static str, &'static str)] = &[
        ("image_id", IMAGE.name),
        ("ssh_keys", KEYS.name),
        ("ssh_keys.0", KEYS.name),
        ("password", PASSWORD.name),
        ("hostname", NEW_HOSTNAME.name),
    ];

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_reinstall()
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let name = name(server);
        format!(
            "All that is on the disk of {name} is lost. {name} is offline and locked until the new system is installed, \
             which takes some minutes."
        )
    }

    fn at_first(server: &Server) -> Vec<(&'static str, String)> {
        let image = server.image.as_ref().and_then(|image| image.id);
        image.map(|id| (IMAGE.name, id.to_string())).into_iter().collect()
    }

    fn fields<'a>(
        account: &'a Account,
        _: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(async move {
            let (images, keys) =
                futures::join!(account.read(&ListServerImages), account.gather(|page| ListSshKeys { page }),);
            let chosen = Some(draft.clone());
            Ok(view! {
                {image_field(images.as_ref(), draft)}
                {key_field(&keys, draft)}
                <Field rule=PASSWORD draft=chosen.clone() autocomplete="new-password"
                    hint="Sent to the provider and kept nowhere else. With neither keys nor a password, how to get in afterwards is up to the provider." />
                <Field rule=NEW_HOSTNAME draft=chosen autocomplete="off" hint="Empty: it keeps its name." />
            }
            .into_any())
        })
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<ReinstallServer> {
        let image = refusal.read(&IMAGE, typed.get(IMAGE.name));
        let image = if let Ok(image) = image.parse::<ServerImageId>() {
            image
        } else {
            if !image.is_empty() {
                refusal.add(IMAGE.name, "Choose one of the list.");
            }
            // Stands in the command until one is chosen.
            server.image.as_ref().and_then(|image| image.id).or_else(|| 1.try_into().ok())?
        };
        let keys: Result<Vec<SshKeyId>, _> = typed.chosen(KEYS.name).into_iter().map(str::parse).collect();
        let ssh_keys = keys.unwrap_or_else(|_| {
            refusal.add(KEYS.name, "Choose among those of the list.");
            Vec::new()
        });
        let password = refusal.secret(&PASSWORD, typed.get(PASSWORD.name));
        let hostname = hostname::read_new(typed, refusal);
        Some(ReinstallServer { id: server.id, image, password, ssh_keys, hostname })
    }
}

/// Reinstalls a server.
#[server(prefix = "/do", endpoint = "servers/reinstall")]
pub async fn install_anew() -> Result<(), ServerFnError> {
    act::<Reinstall>().await
}

fn image_field(images: Result<&Reading<Vec<ServerImage>>, &Error>, draft: &Draft) -> AnyView {
    let images = match images {
        Ok(images) => images.value.as_slice(),
        Err(error) => return trouble(error, "the images"),
    };
    let options = std::iter::once((String::new(), "Choose an image".to_owned())).chain(by_family(images));
    view! { <Choice rule=IMAGE options=options.collect() draft=Some(draft.clone()) /> }.into_any()
}

/// Images in the order of their families, systems before apps; each names its family unless its own name begins so.
fn by_family(images: &[ServerImage]) -> Vec<(String, String)> {
    let mut families: BTreeMap<(bool, String), Vec<(String, String)>> = BTreeMap::new();
    for image in images {
        let Some(id) = image.id else { continue };
        let group = image.group.as_ref();
        let family = group.and_then(|group| group.name.clone()).unwrap_or_default();
        let is_app = group.and_then(|group| group.kind.as_deref()) == Some("app");
        let own = image.name.clone().unwrap_or_else(|| format!("Image {id}"));
        let text =
            if family.is_empty() || own.starts_with(&family) { own } else { format!("{family}: {own}") };
        let text = if is_app { format!("{text} (app)") } else { text };
        families.entry((is_app, family)).or_default().push((id.to_string(), text));
    }
    families.into_values().flatten().collect()
}

fn key_field(keys: &Result<Gathering<vpsbg_api::SshKey>, Error>, draft: &Draft) -> AnyView {
    let keys = match keys {
        Ok(Gathering::All(all)) => &all.value.rows,
        // Nobody chooses among hundreds of boxes.
        Ok(Gathering::TooMany(_)) => return ().into_any(),
        Err(error) => return trouble(error, "your SSH keys"),
    };
    if keys.is_empty() {
        return ().into_any();
    }
    let options = keys.iter().map(|key| {
        let text = key.name.clone().unwrap_or_else(|| format!("Key {}", key.id));
        let choosable = Choosable::new(key.id, text);
        match &key.fingerprint {
            Some(fingerprint) => choosable.hint(fingerprint.clone()),
            None => choosable,
        }
    });
    view! {
        <SomeOf rule=KEYS options=options.collect() draft=draft.clone()
            hint="Whoever has one of these gets in. Those on the server now go with its disk." />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vpsbg_api::{Decode, Notes, Secret};

    use super::*;

    #[test]
    fn images_stand_by_their_families() {
        let image = |id: u64, name: &str, family: &str, kind: &str| {
            let whole = json!({ "id": id, "name": name, "group": { "name": family, "type": kind } });
            ServerImage::decode(&whole, &mut Notes::default()).unwrap()
        };
        let images = [
            image(3, "Debian 13", "Docker", "app"),
            image(1, "Ubuntu 24.04", "Ubuntu", "os"),
            image(2, "Debian 13", "Debian", "os"),
        ];
        let texts: Vec<_> = by_family(&images).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["Debian 13", "Ubuntu 24.04", "Docker: Debian 13 (app)"]);
    }

    #[test]
    fn spaces_at_the_ends_of_a_password_belong_to_it() {
        let server = Server::decode(&json!({ "id": 7 }), &mut Notes::default()).unwrap();
        for (typed, sent) in [(" two words ", Some(" two words ")), ("", None), ("   ", None)] {
            let pairs =
                [(IMAGE.name.to_owned(), "73".to_owned()), (PASSWORD.name.to_owned(), typed.to_owned())];
            let mut refusal = Refusal::none();
            let order = Reinstall::operation(&server, &Typed::of(&pairs), &mut refusal).unwrap();
            assert!(refusal.is_empty(), "{refusal:?}");
            assert_eq!(order.password.as_ref().map(Secret::expose), sent, "{typed:?}");
        }
    }
}
