//! What may be done with ISOs.

use leptos::prelude::*;
use url::{Host, Url};
use vpsbg_api::{CreateIso, DeleteIso, IsoId};

use super::{new_page::ADDRESS, words::deletion};
use crate::{
    forms::{Refusal, Typed, refused, submit},
    routes,
};

/// Adds an ISO.
#[server(prefix = "/do", endpoint = "isos/add")]
pub async fn add(
    #[server(default)] url: String,
    #[server(default)] anyway: String,
) -> Result<(), ServerFnError> {
    submit(routes::NEW_ISO, async move |account, _: Typed| {
        let address = checked(&url).map_err(|problem| Refusal::field("url", problem))?;
        let url = url.trim();
        if is_private(url) && anyway != url {
            return Err(Refusal::field(
                "url",
                "This address is in a private network: the provider can probably not reach it. \
                 Send it again to try all the same.",
            ));
        }
        let added = account.act(&CreateIso { url: address.to_string() }).await;
        match added {
            Ok(iso) => Ok(routes::with_query(&routes::iso(iso.id), &[("done", "iso-added")])),
            Err(error) => Err(refused(&error, &[("url", "url")])),
        }
    })
    .await
}

/// Deletes an ISO whose name was typed.
#[server(prefix = "/do", endpoint = "isos/delete")]
pub async fn remove(
    #[server(default)] id: String,
    #[server(default)] name: String,
) -> Result<(), ServerFnError> {
    let Ok(id) = id.parse::<IsoId>() else {
        return submit(routes::ISOS, async move |_, _| {
            Err(Refusal::whole("Which ISO? Choose it in the list."))
        })
        .await;
    };
    submit(&routes::iso_confirm_delete(id), async move |account, _: Typed| {
        let iso = account.iso(id).await.map_err(|error| Refusal::whole(error.to_string()))?;
        iso.value.iso.can_delete().map_err(|reason| Refusal::whole(reason.to_string()))?;
        deletion(&iso.value).check(&name)?;
        match account.act(&DeleteIso { id }).await {
            Ok(()) => Ok(routes::with_query(routes::ISOS, &[("done", "iso-deleted")])),
            Err(error) => Err(refused(&error, &[])),
        }
    })
    .await
}

/// An address that can be sent: http or https, with a host, without credentials.
fn checked(typed: &str) -> Result<Url, String> {
    let text = ADDRESS.check(typed)?;
    let url = Url::parse(text).map_err(|_| "This is not an address.".to_owned())?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("Leave out name and password: they would be stored with the address.".to_owned());
    }
    Ok(url)
}

/// Whether an address leads into a private network. The provider decides; a person is warned.
pub fn is_private(text: &str) -> bool {
    let Ok(url) = Url::parse(text.trim()) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost"
                || !name.contains('.')
                || [".localhost", ".local", ".internal", ".lan", ".home.arpa"]
                    .iter()
                    .any(|end| name.ends_with(end))
        }
        Some(Host::Ipv4(address)) => {
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified()
        }
        Some(Host::Ipv6(address)) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.to_ipv4_mapped().is_some_and(|inner| inner.is_private() || inner.is_loopback())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked() {
        assert!(checked("https://mirror.example.org/a.iso").is_ok());
        for bad in
            ["", "mirror/a.iso", "ftp://x.org/a", "https://me:pw@x.org/a", "javascript:alert(1)", "http://"]
        {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn private_addresses_are_known() {
        for private in [
            "http://10.0.0.1/a",
            "http://192.168.1.1/a",
            "http://127.0.0.1/a",
            "http://[::1]/a",
            "http://[fd00::1]/",
            "http://localhost/a",
            "http://nas.local/a",
            "http://[::ffff:10.0.0.1]/",
            "http://2130706433/",
        ] {
            assert!(is_private(private), "{private}");
        }
        for public in ["https://mirror.example.org/a", "http://198.51.100.7/a", "http://[2001:db8::1]/a"] {
            assert!(!is_private(public), "{public}");
        }
    }
}
