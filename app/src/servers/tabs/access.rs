//! Who gets into a server: its account, its password, the SSH keys on it.

use gateway::{Account, ServerSeen};
use leptos::prelude::*;
use vpsbg_api::{Server, SshKeyId};

use crate::{
    components::{
        properties::{Copyable, property},
        table::{Column, Table},
    },
    live::Sources,
    servers::{
        action::Offer,
        actions::{SetPassword, SetSshKeys},
        login::{login, login_words},
        ssh_keys::{StoredKeys, name},
        words::main_address,
    },
    words::{NOTHING, or_dash},
};

/// The part of the page.
pub async fn access(account: &Account, seen: &ServerSeen, live: Sources) -> (Sources, AnyView) {
    let server = &seen.server;
    let stored = StoredKeys::read(account).await;
    let live = match stored.part() {
        Some(part) => live.waiting_for(part),
        None => live,
    };
    let view = view! {
        <div data-region="access">
            <section aria-labelledby="sign-in-title">
                <div class="section-title">
                    <h2 id="sign-in-title">"Sign-in"</h2>
                    <div class="actions">{Offer::of::<SetPassword>().button(server)}</div>
                </div>
                <dl class="properties">
                    {property("Account", view! { {login_words(server)} })}
                    {property("Primary address", address(server))}
                    {command(server)}
                    {property("Password", view! { "Known to nobody here: it can only be set anew." })}
                </dl>
            </section>
            <section aria-labelledby="keys-title">
                <div class="section-title">
                    <h2 id="keys-title">"SSH keys on this server"</h2>
                    <div class="actions">{Offer::of::<SetSshKeys>().button(server)}</div>
                </div>
                {stored.note()}
                {keys(server, &stored)}
            </section>
        </div>
    };
    (live, view.into_any())
}

fn address(server: &Server) -> AnyView {
    match main_address(server) {
        Some(address) => view! { <Copyable text=address what="address" /> }.into_any(),
        None => NOTHING.into_any(),
    }
}

/// How one gets in from a terminal. Not where somebody needs another program.
fn command(server: &Server) -> Option<AnyView> {
    let account = login(server).filter(|account| *account == "root")?;
    let command = format!("ssh {account}@{}", main_address(server)?);
    Some(property("From a terminal", view! { <Copyable text=command what="command" /> }))
}

/// What either side tells: the server of its keys, the account's keys of their servers.
fn keys(server: &Server, stored: &StoredKeys) -> Option<AnyView> {
    let mut rows: Vec<(SshKeyId, String, Option<String>)> = Vec::new();
    for key in stored.keys() {
        let here = server.ssh_keys.iter().any(|on| on.id == key.id)
            || key.servers.iter().any(|carrier| carrier.id == server.id);
        if here {
            rows.push((key.id, name(key.id, key.name.as_deref()), key.fingerprint.clone()));
        }
    }
    for key in &server.ssh_keys {
        if rows.iter().all(|(id, ..)| *id != key.id) {
            rows.push((key.id, name(key.id, key.name.as_deref()), None));
        }
    }
    if rows.is_empty() {
        return stored.are_all().then(|| {
            view! { <p class="nothing">"No SSH key of this account is known to be on it."</p> }.into_any()
        });
    }
    let rows = rows
        .into_iter()
        .map(|(id, name, fingerprint)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td><code>{or_dash(fingerprint)}</code></td>
                    <td class="number">{id.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![Column::text("Name"), Column::text("Fingerprint"), Column::number("Id")];
    Some(view! { <Table caption="SSH keys on this server" columns=columns>{rows}</Table> }.into_any())
}
