//! The words of the journal.

use gateway::{Purchase, PurchaseState, Sign, shown_total};

use crate::{
    activity::objects,
    components::badge::Tone,
    orders::kind_of_word,
    words::{money::euro, operations},
};

/// What became of it in a word, and what that means.
pub fn state(state: PurchaseState) -> (&'static str, Tone) {
    match state {
        PurchaseState::Sending => ("Being sent", Tone::Busy),
        PurchaseState::Looking => ("Being looked for", Tone::Busy),
        PurchaseState::Done => ("Went through", Tone::Good),
        PurchaseState::NotDone => ("Did not go through", Tone::Quiet),
        PurchaseState::Unknown => ("Not known", Tone::Warning),
    }
}

/// What was to be bought.
pub fn what(purchase: &Purchase) -> String {
    operations::of(&purchase.operation).1.to_owned()
}

/// Who it was.
pub fn who(person: Option<&str>) -> String {
    person.unwrap_or("No name").to_owned()
}

/// The total that was shown, with VAT.
pub fn shown(purchase: &Purchase) -> String {
    euro(purchase.shown.as_deref().and_then(shown_total))
}

/// A sign in words: an object, the address of its page if it has one, and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The object.
    pub object: String,
    /// Where its page is.
    pub to: Option<String>,
    /// The rest of the sentence.
    pub rest: String,
}

/// A sign of the journal in words.
pub fn sign(sign: &Sign) -> Told {
    let about = |kind: &str| {
        let text = sign.about.as_deref()?;
        Some(if kind == "order" { kind_of_word(text) } else { text.to_owned() })
    };
    let split = ["order", "server", "floating IP"].into_iter().find_map(|kind| {
        let after = sign.what.strip_prefix(kind)?.strip_prefix(' ')?;
        let (id, more) = after.split_once(' ').unwrap_or((after, ""));
        id.parse::<u64>().ok()?;
        Some((kind, id, more))
    });
    let Some((kind, id, more)) = split else {
        let rest = sign.about.clone().map(|about| format!(": {about}")).unwrap_or_default();
        return Told { object: sign.what.clone(), to: None, rest };
    };
    let (object, to) = objects(&format!("{kind} {id}")).remove(0);
    let named = about(kind).map(|about| format!(" ({about})")).unwrap_or_default();
    let state = match more.split_once(' ') {
        _ if more.is_empty() => String::new(),
        Some(("on", plan)) => format!(" is on the plan {plan}"),
        Some(("with", addon)) => format!(" has {addon}"),
        Some(("in", _)) => " is in another state".to_owned(),
        _ => format!(" {more}"),
    };
    Told { object, to, rest: format!("{named}{state}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_words_and_links() {
        let told = |what: &str, about: Option<&str>| {
            let Told { object, to, rest } =
                sign(&Sign { what: what.to_owned(), about: about.map(str::to_owned) });
            format!("{object}{rest} {}", to.unwrap_or_default())
        };
        for (what, about, words) in [
            ("order 200731", Some("renew-service"), "Order 200731 (Renewal) /orders/200731"),
            ("order 7 is paid", Some("deposit"), "Order 7 (Deposit) is paid /orders/7"),
            ("order 7 in another state", None, "Order 7 is in another state /orders/7"),
            ("server 7", Some("web-1"), "Server 7 (web-1) /servers/7"),
            (
                "server 7 on cloud-vps-4gb",
                Some("web-1"),
                "Server 7 (web-1) is on the plan cloud-vps-4gb /servers/7",
            ),
            ("server 7 with 3 of microsoft-rds-sal", None, "Server 7 has 3 of microsoft-rds-sal /servers/7"),
            ("server 7 is locked", None, "Server 7 is locked /servers/7"),
            ("floating IP 918", Some("192.0.2.7"), "Floating IP 918 (192.0.2.7) "),
            ("a row that cannot be read", None, "a row that cannot be read "),
            ("something new", Some("a word"), "something new: a word "),
        ] {
            assert_eq!(told(what, about), words);
        }
    }
}
