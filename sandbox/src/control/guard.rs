//! Who may use the controls. The rule only; where the peer comes from is the door's business.

use crate::options::Options;

/// `near` says whether the peer is on the loopback interface, none if nobody knows.
pub(super) fn may_control(options: &Options, near: Option<bool>) -> bool {
    options.control_from_anywhere || near.unwrap_or(options.trust_unknown_peer)
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
}
