//! Who may use the controls. The rule only; where the peer comes from is the door's business.

use std::net::IpAddr;

use http::HeaderMap;

use crate::options::Options;

/// `near` says whether the peer is on the loopback interface, none if nobody knows.
pub(super) fn may_control(options: &Options, near: Option<bool>) -> bool {
    options.control_from_anywhere || near.unwrap_or(options.trust_unknown_peer)
}

/// Whether a request was meant for this machine: any page may have a local browser send one, and a proxy or a name that
/// leads here may stand between.
pub(super) fn names_this_machine(options: &Options, headers: &HeaderMap) -> bool {
    let of = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = of(http::header::HOST).is_none_or(is_local);
    let origin = of(http::header::ORIGIN)
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, host)| is_local(host)));
    options.control_from_anywhere || host && origin
}

/// Whether a host, perhaps with a port, is this machine.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(address) => address.split(']').next(),
        None => host.split(':').next(),
    };
    let name = name.unwrap_or_default();
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_unless_chosen_otherwise() {
        let strict = Options::default();
        assert!(may_control(&strict, Some(true)));
        assert!(!may_control(&strict, Some(false)));
        assert!(!may_control(&strict, None));
        assert!(may_control(&Options { trust_unknown_peer: true, ..Options::default() }, None));
        assert!(!may_control(&Options { trust_unknown_peer: true, ..Options::default() }, Some(false)));
        assert!(may_control(&Options { control_from_anywhere: true, ..Options::default() }, Some(false)));
    }

    #[test]
    fn not_for_pages_of_other_places_nor_under_other_names() {
        let said = |pairs: &[(&'static str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| {
                (http::HeaderName::from_static(name), http::HeaderValue::from_str(value).unwrap())
            });
            pairs.collect::<HeaderMap>()
        };
        let strict = Options::default();
        for good in [
            &[][..],
            &[("host", "127.0.0.1:8080")][..],
            &[("host", "[::1]:8080"), ("origin", "http://localhost:3000")][..],
        ] {
            assert!(names_this_machine(&strict, &said(good)), "{good:?}");
        }
        for bad in [
            &[("host", "sandbox.example.org")][..],
            &[("host", "localhost.example.org:8080")][..],
            &[("host", "127.0.0.1:8080"), ("origin", "https://example.org")][..],
            &[("host", "127.0.0.1:8080"), ("origin", "null")][..],
        ] {
            assert!(!names_this_machine(&strict, &said(bad)), "{bad:?}");
            let open = Options { control_from_anywhere: true, ..Options::default() };
            assert!(names_this_machine(&open, &said(bad)), "{bad:?}");
        }
    }
}
