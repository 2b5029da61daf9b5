//! What calls about the account, its money, tickets and addresses ask; and that the contract's examples of
//! requests can be said by our operations, all of them.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/account_side.rs"]
mod account_side;
#[path = "support/asked.rs"]
mod asked;
#[path = "support/example_calls.rs"]
mod example_calls;
#[path = "support/openapi.rs"]
mod openapi;
#[path = "support/servers_side.rs"]
mod servers_side;

use std::collections::{BTreeMap, BTreeSet};

use account_side::{CODE, SECRET, calls};
use asked::{Asked, fields};
use openapi::{Described, contract, examples_of_request, operations};
use serde_json::{Value, json};
use vpsbg_api::{
    ActivateAffiliate, Body, CancelFloatingIps, DisableTwoFactor, Effects, OPERATIONS, OneTimeCode,
    Operation, PurchaseFloatingIps, UpdateUser,
};

/// Documented parts of requests that are never sent, and why.
const UNASKED: &[(&str, &str)] = &[
    // The other spelling of a field that is sent (FACTS §2, user).
    ("updateUser", "technical_email"),
    ("updateUser", "referral_code"),
    ("updateUser", "uic"),
    // Tickets come in pages of the provider's size.
    ("listTickets", "per_page"),
];

fn by_id() -> BTreeMap<String, Described> {
    operations(&contract()).into_iter().map(|operation| (operation.id.clone(), operation)).collect()
}

#[test]
fn every_operation_is_called_in_these_tests() {
    let called: BTreeSet<&str> = calls().iter().chain(&servers_side::calls()).map(|call| call.id).collect();
    let missing: Vec<_> =
        OPERATIONS.iter().filter(|info| !called.contains(info.id)).map(|info| info.id).collect();
    assert!(missing.is_empty(), "add them to tests/support: {missing:?}");
}

/// A body without what says nothing: null, zero seats and addresses.
fn said(body: &Value) -> BTreeMap<String, Value> {
    let fields = body.as_object().unwrap().iter();
    let said = fields.filter(|(_, value)| !value.is_null() && **value != json!(0));
    said.map(|(name, value)| (name.clone(), plain(value))).collect()
}

/// Numbers by value, networks without the prefix of a single address, forms as text.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64().unwrap().to_string()),
        Value::String(text) => json!(text.trim_end_matches("/32")),
        Value::Array(list) => list.iter().map(plain).collect(),
        other => other.clone(),
    }
}

fn said_by(call: &Asked) -> BTreeMap<String, Value> {
    match &call.body {
        Body::Empty => BTreeMap::new(),
        Body::Json(body) => said(body),
        Body::Multipart { fields, .. } => {
            fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
        }
    }
}

#[test]
fn every_example_of_a_request_can_be_said() {
    let all: Vec<_> =
        [calls(), servers_side::calls(), example_calls::calls()].into_iter().flatten().collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (id, described) in by_id() {
        let of_this: Vec<_> = all.iter().filter(|call| call.id == id).map(said_by).collect();
        for example in examples_of_request(&described) {
            count += 1;
            if !of_this.contains(&said(&example)) {
                wrong.push(format!("{id}: {example} is none of {of_this:?}"));
            }
        }
        let takes_a_body = described.body().is_some();
        let sends_one = all.iter().any(|call| call.id == id && call.body != Body::Empty);
        if takes_a_body != sends_one {
            wrong.push(format!("{id}: a body {takes_a_body}, sent {sends_one}"));
        }
    }
    assert!(count >= 50, "the examples are not found: {count}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_documented_option_can_be_asked_for_and_no_other() {
    let known = by_id();
    let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    for call in calls() {
        let (media, names) = fields(&call.body);
        let described = &known[call.id];
        let query = call.query.iter().map(|(name, _)| (*name).to_owned());
        ours.extend(names.into_iter().chain(query).map(|name| (call.id, name)));
        theirs.extend(described.query().into_iter().map(|name| (call.id, name.to_owned())));
        let Some((their_media, content)) = described.body() else { continue };
        assert_eq!(media, their_media, "{}", call.id);
        let properties = content["schema"]["properties"].as_object().unwrap();
        theirs.extend(properties.keys().map(|name| (call.id, name.clone())));
    }
    for (id, name) in UNASKED {
        assert!(theirs.remove(&(*id, (*name).to_owned())), "{id}: {name} is not in the contract");
    }
    assert_eq!(ours, theirs, "left: ours, right: the contract's");
}

/// True when a value is of one of the kinds that a schema allows.
fn fits(schema: &Value, value: &Value) -> bool {
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().any(|schema| fits(schema, value));
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => panic!("a schema without a type: {schema}"),
    };
    let known_word = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    known_word
        && kinds.into_iter().any(|kind| match value {
            Value::Null => kind == "null",
            Value::Bool(_) => kind == "boolean",
            Value::Number(number) => kind == "number" || (kind == "integer" && number.is_u64()),
            Value::String(_) => kind == "string",
            Value::Array(items) => kind == "array" && items.iter().all(|item| fits(&schema["items"], item)),
            Value::Object(fields) => {
                kind == "object" && fields.values().all(|value| fits(&schema["additionalProperties"], value))
            }
        })
}

#[test]
fn bodies_are_of_the_kinds_of_the_contract_with_all_that_is_required() {
    let known = by_id();
    for call in calls() {
        let Some((_, content)) = known[call.id].body() else { continue };
        let (_, names) = fields(&call.body);
        for name in content["schema"]["required"].as_array().into_iter().flatten() {
            assert!(names.iter().any(|ours| ours == name), "{}: {name} is missing", call.id);
        }
        let Body::Json(body) = &call.body else { continue };
        for (name, value) in body.as_object().unwrap() {
            let schema = &content["schema"]["properties"][name];
            assert!(fits(schema, value), "{}: {name} is {value}", call.id);
        }
    }
}

#[test]
fn a_spelling_for_one_is_passed_over_when_several_are_meant() {
    let infos: BTreeMap<_, _> = OPERATIONS.iter().map(|info| (info.id, info)).collect();
    for call in calls() {
        let arguments: Vec<_> = call.arguments.iter().map(|name| (*name, "7".to_owned())).collect();
        let several =
            call.object.as_deref().is_some_and(|object| object.starts_with("floating IPs 918, 919"));
        for spelling in infos[call.id].spellings() {
            let expected = !several || !spelling.path.contains("{id}");
            assert_eq!(spelling.can_be_filled(&arguments), expected, "{} {}", call.id, spelling.path);
        }
    }
}

#[test]
fn dots_and_nothing_are_no_steps_of_a_path() {
    let info = OPERATIONS.iter().find(|info| info.id == "getAttack").unwrap();
    for (value, fits) in
        [("k7", true), ("...", true), ("a.b", true), ("", false), (".", false), ("..", false)]
    {
        let arguments = [("id", "7".to_owned()), ("attack_id", value.to_owned())];
        assert_eq!(info.route.can_be_filled(&arguments), fits, "{value:?}");
    }
}

#[test]
fn secrets_are_sent_and_never_shown() {
    let mut with_a_secret = 0;
    for call in calls() {
        assert!(!call.shown.contains(SECRET) && !call.shown.contains(CODE), "{}", call.shown);
        if let Body::Json(body) = &call.body {
            with_a_secret += usize::from(body.to_string().contains(CODE));
        }
    }
    assert_eq!(with_a_secret, 2);
}

#[test]
fn a_code_is_a_number_unless_it_would_lose_its_zeros() {
    let sent = |text: &str| match (DisableTwoFactor { code: text.parse().unwrap() }).body() {
        Body::Json(body) => body["otp"].clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(sent("482913"), json!(482_913));
    assert_eq!(sent(" 482 913 "), json!(482_913));
    assert_eq!(sent("012345"), json!("012345"));
    assert_eq!(sent("000000"), json!("000000"));
    for wrong in ["", "12345", "1234567", "12a456", "-12345", "+12345", "１２３４５６"] {
        assert!(wrong.parse::<OneTimeCode>().is_err(), "{wrong}");
    }
}

/// What a change is said to do, in the words of `Effects`, call by call.
#[test]
fn effects_are_what_the_call_does() {
    let table = [
        // A GET that makes a secret.
        ("getTwoFactorSecret", ""),
        ("enableTwoFactor", ""),
        ("disableTwoFactor", ""),
        ("updateUser", "|"),
        ("activateAffiliate", ""),
        ("updateAffiliate", ""),
        ("createTicket", "|"),
        ("replyTicket", "|"),
        ("resolveTicket", ""),
        ("depositFunds", "spends"),
        ("purchaseSupportPlan", "spends"),
        ("renewSupportPlan", "spends"),
        // At expiry, now.
        ("cancelSupportPlan", "|destroys"),
        ("undoCancelSupportPlan", ""),
        ("updateOrder", "|"),
        ("deleteOrder", ""),
        ("payOrders", "spends"),
        ("changeOrderRenewalPeriod", "|"),
        // For a server, for none.
        ("purchaseFloatingIps", "interrupts spends|spends"),
        ("attachFloatingIps", "interrupts|interrupts"),
        ("detachFloatingIps", "interrupts"),
        // At expiry, now; then both of attached ones.
        ("cancelFloatingIps", "|destroys|interrupts|interrupts destroys"),
        ("undoCancelFloatingIps", ""),
        ("updateIpAddress", "|"),
        ("setGeoFilter", ""),
        ("updateGeoFilter", "|"),
        ("deleteGeoFilter", "destroys"),
        ("setWhitelist", ""),
        ("updateWhitelist", "|"),
        ("deleteWhitelist", "destroys"),
        ("setBlacklist", ""),
        ("updateBlacklist", "|"),
        ("deleteBlacklist", "destroys"),
    ];
    let mut ours: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for call in calls().into_iter().filter(|call| !call.effects.only_read()) {
        let words = format!("{:?}", call.effects).replace(['{', '}', '"', ','], "");
        let words: Vec<_> = words.split_whitespace().filter(|word| *word != "changes").collect();
        ours.entry(call.id).or_default().push(words.join(" "));
    }
    let ours: BTreeMap<_, _> = ours.into_iter().map(|(id, words)| (id, words.join("|"))).collect();
    let table: BTreeMap<_, _> = table.into_iter().map(|(id, words)| (id, words.to_owned())).collect();
    assert_eq!(ours, table, "left: ours");
}

#[test]
fn permissions_are_at_least_what_the_call_does() {
    let infos: BTreeMap<_, _> = OPERATIONS.iter().map(|info| (info.id, info)).collect();
    for call in [calls(), servers_side::calls()].into_iter().flatten() {
        let permission = infos[call.id].permission.name();
        assert_eq!(
            permission.rsplit('.').next() == Some("read"),
            call.effects.only_read(),
            "{}: {permission}",
            call.id
        );
        let spends = call.effects.contain(Effects::SPENDS);
        assert_eq!(permission == "billing.spend", spends, "{}: {permission}", call.id);
    }
}

#[test]
fn every_change_names_its_object() {
    let calls = calls();
    for call in calls.iter().filter(|call| !call.effects.only_read() || !call.arguments.is_empty()) {
        // A ticket that is made has no number yet; reading one is not recorded.
        let nameless = ["createTicket", "getTicket"].contains(&call.id);
        assert_eq!(call.object.is_none(), nameless, "{}", call.id);
    }
    let objects = |id: &str| -> Vec<_> {
        calls.iter().filter(|call| call.id == id).map(|call| call.object.clone().unwrap()).collect()
    };
    assert_eq!(objects("payOrders"), ["order 200731"]);
    assert_eq!(objects("downloadInvoices"), ["invoices 8801, 8802"]);
    let attached = ["floating IP 918, server 4821", "floating IPs 918, 919, server 4821"];
    assert_eq!(objects("attachFloatingIps"), attached);
    assert_eq!(objects("setBlacklist"), ["address 5302"]);
}

#[test]
fn what_is_not_chosen_is_left_out() {
    assert_eq!(UpdateUser::default().body(), Body::Json(json!({})));
    assert_eq!(ActivateAffiliate { referral_code: None }.body(), Body::Json(json!({})));
    let none = PurchaseFloatingIps { billing_cycle: 1, ipv4: 0, ipv4_protected: 0, ipv6: 2, server: None };
    let expected = json!({ "billing_cycle": 1, "ipv4": 0, "ipv4_ddos": 0, "ipv6": 2 });
    assert_eq!(none.body(), Body::Json(expected));
    let ids = vec!["918".parse().unwrap()];
    let silent = CancelFloatingIps { ids, now: true, reason: None, attached: true };
    assert_eq!(silent.body(), Body::Json(json!({ "ids": [918], "now": true })));
}
