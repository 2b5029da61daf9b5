//! Whatever the provider sends, what can be read is read: examples of the contract, damaged in every way.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/openapi.rs"]
mod openapi;

use std::sync::LazyLock;

use openapi::{ANSWERS, MODELS, Round, contract, examples_of_answer, examples_of_schema, operations};
use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Value, json};
use vpsbg_api::{
    Decode, Invoice, Iso, MetricPoint, Notes, Page, Server, StatusEntry, Ticket, TicketSummary, User,
};

/// Text that must not turn up in notes: values may be personal.
const CANARY: &str = "canary-7f3a";

/// Parts whose shape nobody knows: they are kept as they come.
const AS_SENT: &[&str] = &["tcp", "udp", "app_getting_started"];

/// Examples with what reads them.
static EXAMPLES: LazyLock<Vec<(&str, Round, Value)>> = LazyLock::new(|| {
    let contract = contract();
    let models = MODELS.iter().flat_map(|(schema, round)| {
        examples_of_schema(&contract, schema).into_iter().map(|example| (*schema, *round, example))
    });
    let all = operations(&contract);
    let answers = ANSWERS.iter().flat_map(|(id, round)| {
        let operation = all.iter().find(|operation| operation.id == *id).unwrap();
        examples_of_answer(operation).into_iter().map(|example| (*id, *round, example))
    });
    models.chain(answers).collect()
});

/// One way to damage a value.
#[derive(Debug, Clone)]
enum Damage {
    Drop,
    Become(Value),
    Wrap,
    Extra,
    Deep(usize),
    Many(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let words = prop_oneof![Just(CANARY.to_owned()), Just(String::new()), Just("-1".to_owned()), ".{0,20}"];
    let values = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        words.prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([CANARY, 1, null])),
        Just(json!({ "data": { "id": 1 } })),
        Just(json!({ "data": [null, 3, {}] })),
    ];
    prop_oneof![
        Just(Damage::Drop),
        values.prop_map(Damage::Become),
        Just(Damage::Wrap),
        Just(Damage::Extra),
        (1..120_usize).prop_map(Damage::Deep),
        (1..2000_usize).prop_map(Damage::Many),
    ]
}

/// JSON pointers to every value of a tree but its root.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut step = |key: String, value: &Value| {
        let place = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(place.clone());
        places(value, &place, found);
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| step(key.clone(), value)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| step(index.to_string(), value));
        }
        _ => {}
    }
}

fn nested(depth: usize) -> Value {
    (0..depth)
        .fold(json!(1), |inner, level| if level % 2 == 0 { json!([inner]) } else { json!({ "data": inner }) })
}

fn harm(value: &mut Value, place: Index, damage: &Damage) {
    let mut all = vec![String::new()];
    places(value, "", &mut all);
    let place = &all[place.index(all.len())];
    if let (Damage::Drop, Some((parent, key))) = (damage, place.rsplit_once('/')) {
        match value.pointer_mut(parent) {
            Some(Value::Object(object)) => drop(object.remove(&key.replace("~1", "/").replace("~0", "~"))),
            Some(Value::Array(list)) => drop(list.remove(key.parse().unwrap())),
            _ => {}
        }
        return;
    }
    let Some(target) = value.pointer_mut(place) else { return };
    match damage {
        Damage::Drop => *target = Value::Null,
        Damage::Become(other) => *target = other.clone(),
        Damage::Wrap => *target = json!({ "data": target.take() }),
        Damage::Extra => {
            if let Value::Object(object) = target {
                object.insert("a_field_of_tomorrow".to_owned(), json!({ "deep": [CANARY] }));
            }
        }
        Damage::Deep(depth) => *target = nested(*depth),
        Damage::Many(count) => *target = Value::Array(vec![target.take(); *count]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_comes_makes_a_panic_or_endless_or_telling_notes(
        which in any::<Index>(),
        harms in prop::collection::vec((any::<Index>(), damage()), 1..6),
    ) {
        let (_, round, example) = &EXAMPLES[which.index(EXAMPLES.len())];
        let mut value = example.clone();
        for (place, damage) in &harms {
            // Lists in lists in lists of thousands: the provider's answers are limited to 8 MiB before this.
            if value.to_string().len() < 200_000 {
                harm(&mut value, *place, damage);
            }
        }
        let mut notes = Notes::default();
        let told = match round(&value, &mut notes) {
            Ok(_) => String::new(),
            Err(misfit) => misfit.to_string(),
        };
        prop_assert!(notes.lines().len() <= 50);
        let told = notes.lines().join("\n") + &told;
        prop_assert!(!told.contains(CANARY), "notes tell what was sent: {}", told);
    }

    #[test]
    fn an_unknown_field_changes_nothing(which in any::<Index>(), place in any::<Index>()) {
        let (name, round, example) = &EXAMPLES[which.index(EXAMPLES.len())];
        let mut more = example.clone();
        // A reverse name is a field to itself: there an unknown one is a name.
        let mut all = vec![String::new()];
        places(&more, "", &mut all);
        all.retain(|place| !place.ends_with("/ptr") && (*name != "Ptr") && more.pointer(place).unwrap().is_object());
        all.retain(|place| !AS_SENT.iter().any(|part| place.contains(&format!("/{part}"))));
        prop_assume!(!all.is_empty());
        let place = &all[place.index(all.len())];
        let target = more.pointer_mut(place).unwrap().as_object_mut().unwrap();
        target.insert("a_field_of_tomorrow".to_owned(), json!([1, { "x": null }]));
        let (mut notes, mut none) = (Notes::default(), Notes::default());
        prop_assert_eq!(round(&more, &mut notes), round(example, &mut none));
        prop_assert!(notes.is_empty());
    }

    #[test]
    fn one_broken_row_does_not_hide_the_others(at in 0..=4_usize, broken in broken_row()) {
        rows_survive::<Server>("Server", at, &broken)?;
        rows_survive::<Iso>("Iso", at, &broken)?;
        rows_survive::<Invoice>("Invoice", at, &broken)?;
        rows_survive::<TicketSummary>("TicketSummary", at, &broken)?;
        rows_survive::<StatusEntry>("ServerStatusEntry", at, &broken)?;
        rows_survive::<MetricPoint>("ServerMetricPoint", at, &broken)?;
    }
}

fn broken_row() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!({})),
        Just(json!([])),
        Just(json!("row")),
        Just(json!({ "id": null, "timestamp": null })),
        Just(json!({ "id": "twelve", "timestamp": "noon" })),
        Just(json!({ "id": -4, "timestamp": -4 })),
        Just(json!({ "id": 0, "timestamp": {} })),
    ]
}

fn rows_survive<T>(schema: &str, at: usize, broken: &Value) -> Result<(), TestCaseError>
where
    T: Decode + PartialEq + std::fmt::Debug,
{
    let good = examples_of(schema)[0].clone();
    let mut rows = vec![good; 4];
    let whole = Page::<T>::decode(&json!({ "data": rows }), &mut Notes::default()).unwrap();
    prop_assert_eq!((whole.rows.len(), whole.broken), (4, 0));
    rows.insert(at, broken.clone());
    let mut notes = Notes::default();
    let page = Page::<T>::decode(&json!({ "data": rows }), &mut notes).unwrap();
    prop_assert_eq!(&page.rows, &whole.rows);
    prop_assert_eq!(page.broken, 1);
    prop_assert!(notes.lines()[0].starts_with(&format!("data.{at}")), "{:?}", notes.lines());
    Ok(())
}

fn examples_of(schema: &str) -> Vec<Value> {
    let of = EXAMPLES.iter().filter(|(name, ..)| *name == schema);
    of.map(|(_, _, example)| example.clone()).collect()
}

#[test]
fn a_bare_list_and_one_in_data_give_the_same_rows() {
    let rows = vec![examples_of("Iso")[0].clone(), json!({ "id": "x" }), examples_of("Iso")[0].clone()];
    let bare = Page::<Iso>::decode(&json!(rows), &mut Notes::default()).unwrap();
    let wrapped = Page::<Iso>::decode(&json!({ "data": rows }), &mut Notes::default()).unwrap();
    assert_eq!(bare, wrapped);
    assert_eq!((bare.rows.len(), bare.broken), (2, 1));
    let plain = Vec::<Iso>::decode(&json!(rows), &mut Notes::default()).unwrap();
    assert_eq!(plain, Vec::<Iso>::decode(&json!({ "data": rows }), &mut Notes::default()).unwrap());
}

#[test]
fn a_page_without_counters_is_a_single_page() {
    let page = Page::<Iso>::decode(&json!({ "data": [] }), &mut Notes::default()).unwrap();
    assert_eq!((page.number, page.last, page.total, page.is_last()), (1, None, None, true));
    let counted =
        json!({ "data": [], "meta": { "current_page": "2", "last_page": 3, "per_page": 30, "total": "61" } });
    let page = Page::<Iso>::decode(&counted, &mut Notes::default()).unwrap();
    assert_eq!((page.number, page.last, page.per_page, page.total), (2, Some(3), Some(30), Some(61)));
    assert!(!page.is_last());
}

#[test]
fn where_nobody_counts_a_full_page_or_a_link_suggests_more() {
    let isos = |rows: usize| vec![examples_of("Iso")[0].clone(); rows];
    let is_last = |sent: Value| Page::<Iso>::decode(&sent, &mut Notes::default()).unwrap().is_last();
    for (rows, last) in [(0, true), (9, true), (10, false), (13, true), (15, false), (30, false), (29, true)]
    {
        assert_eq!(is_last(json!({ "data": isos(rows) })), last, "{rows}");
    }
    let of_20 = |rows| json!({ "data": isos(rows), "meta": { "per_page": 20 } });
    assert!(is_last(of_20(15)) && !is_last(of_20(20)));
    assert!(!is_last(json!({ "data": isos(2), "links": { "next": "https://api.example.org/isos?page=2" } })));
    assert!(is_last(json!({ "data": isos(30), "links": { "next": null } })));
    let counted = json!({ "data": isos(2), "meta": { "per_page": 2, "total": 5, "current_page": 1 } });
    let page = Page::<Iso>::decode(&counted, &mut Notes::default()).unwrap();
    assert_eq!((page.last, page.is_last()), (Some(3), false));
}

#[test]
fn a_first_page_without_the_rows_that_are_counted_is_no_empty_list() {
    for (meta, is_page) in [
        (json!({ "total": 3, "current_page": 1 }), false),
        (json!({ "total": 3 }), false),
        (json!({ "total": 0, "current_page": 1 }), true),
        (json!({ "total": 3, "current_page": 2 }), true),
    ] {
        let sent = json!({ "data": [], "meta": meta });
        assert_eq!(Page::<Iso>::decode(&sent, &mut Notes::default()).is_ok(), is_page, "{sent}");
    }
}

fn numbers_as_text(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.to_string()),
        Value::Array(list) => list.iter().map(numbers_as_text).collect(),
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| {
                let as_sent = AS_SENT.contains(&key.as_str());
                (key.clone(), if as_sent { value.clone() } else { numbers_as_text(value) })
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

#[test]
fn numbers_may_come_as_text() {
    for (name, round, example) in EXAMPLES.iter() {
        let (mut notes, mut none) = (Notes::default(), Notes::default());
        let as_text = round(&numbers_as_text(example), &mut notes);
        assert_eq!(as_text, round(example, &mut none), "{name}");
        assert!(notes.is_empty(), "{name}: {:?}", notes.lines());
    }
}

#[test]
fn a_missing_optional_field_is_no_error_and_no_note() {
    let kept = ["id", "timestamp", "ip"];
    // What was ordered is known for a server by its host name (`Deployed`).
    for (name, round, example) in EXAMPLES.iter().filter(|(name, ..)| *name != "deployServer") {
        let Value::Object(object) = example else { continue };
        for key in object.keys().filter(|key| !kept.contains(&key.as_str()) && key.as_str() != "data") {
            for absent in [None, Some(Value::Null)] {
                let mut less = object.clone();
                match absent {
                    None => drop(less.remove(key)),
                    Some(null) => drop(less.insert(key.clone(), null)),
                }
                let mut notes = Notes::default();
                assert!(round(&Value::Object(less), &mut notes).is_ok(), "{name} without {key}");
                assert!(notes.is_empty(), "{name} without {key}: {:?}", notes.lines());
            }
        }
    }
}

#[test]
fn an_unknown_word_is_kept_as_sent_and_noted() {
    let mut iso = examples_of("Iso")[0].clone();
    iso["status"] = json!("verifying");
    let mut notes = Notes::default();
    let decoded = Iso::decode(&iso, &mut notes).unwrap();
    assert_eq!(decoded.status.unwrap().word(), "verifying");
    assert!(notes.lines()[0].starts_with("status:"), "{:?}", notes.lines());
}

#[test]
fn a_field_of_the_wrong_kind_costs_only_itself() {
    let mut server = examples_of("Server")[0].clone();
    let whole = Server::decode(&server, &mut Notes::default()).unwrap();
    server["plan"] = json!(12);
    server["ip_addresses"] = json!("203.0.113.24");
    let mut notes = Notes::default();
    let decoded = Server::decode(&server, &mut notes).unwrap();
    assert_eq!((decoded.plan.as_ref(), decoded.addresses.len()), (None, 0));
    assert_eq!((decoded.id, decoded.hostname, decoded.state), (whole.id, whole.hostname, whole.state));
    assert_eq!(notes.lines().len(), 2, "{:?}", notes.lines());
}

#[test]
fn an_object_may_be_wrapped_in_data() {
    let user = &examples_of("User")[0];
    let bare = User::decode(user, &mut Notes::default()).unwrap();
    assert_eq!(User::decode(&json!({ "data": user }), &mut Notes::default()).unwrap(), bare);
    assert!(bare.email.is_some());
    let ticket = &examples_of("Ticket")[0];
    let bare = Ticket::decode(ticket, &mut Notes::default()).unwrap();
    assert_eq!(Ticket::decode(&json!({ "data": ticket }), &mut Notes::default()).unwrap(), bare);
}

#[test]
fn a_huge_broken_list_is_counted_not_kept() {
    let mut notes = Notes::default();
    let page = Page::<Iso>::decode(&json!({ "data": vec![Value::Null; 5000] }), &mut notes).unwrap();
    assert_eq!((page.rows.len(), page.broken), (0, 5000));
    assert_eq!((notes.lines().len(), notes.more()), (50, 4950));
}

#[test]
fn the_drift_report_counts_kinds_and_not_rows() {
    let mut rows = vec![json!({ "id": 1, "status": "verifying" }); 400];
    rows.push(json!({ "id": "x" }));
    rows.push(json!({ "id": 2, "size": "large" }));
    let mut notes = Notes::default();
    Page::<Iso>::decode(&json!({ "data": rows, "meta": { "total": {} } }), &mut notes).unwrap();
    let expected = [
        ("data.*.status: a word that IsoStatus does not know", 400),
        ("data.*: expected a whole number, got text", 1),
        ("data.*.size: expected a whole number, got text", 1),
        ("meta.total: expected a whole number, got an object", 1),
    ];
    let places: Vec<_> = notes.places().iter().map(|(place, times)| (place.as_str(), *times)).collect();
    assert_eq!(places, expected);
}

#[test]
fn a_field_called_data_does_not_hide_an_object_that_has_an_id() {
    let mut iso = examples_of("Iso")[0].clone();
    let whole = Iso::decode(&iso, &mut Notes::default()).unwrap();
    iso["data"] = json!({ "id": 99 });
    assert_eq!(Iso::decode(&iso, &mut Notes::default()).unwrap(), whole);
}
