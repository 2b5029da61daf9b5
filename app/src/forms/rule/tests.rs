//! The attributes and the check cannot differ: a browser, modelled after the HTML standard, lets through
//! whatever the server takes; and what only the attributes speak of, both refuse.

use proptest::prelude::*;
use regex::Regex;
use url::Url;

use super::{Attributes, Kind, Rule, Shape};
use crate::{components::form::SEARCH, isos, orders, servers, sign_in, tickets};

const HEX: Shape =
    Shape { starts: &["0x", "#"], letters: &[('0', '9'), ('a', 'f')], words: "In hexadecimals." };

/// Those of the product, and others that go to the edges.
fn rules() -> Vec<Rule> {
    let odd = [
        Rule::new(Kind::Line, "free", "Free"),
        Rule::new(Kind::Line, "short", "Short").shortest(3).longest(5),
        Rule::new(Kind::Line, "hex", "Hex").shape(HEX),
        Rule::new(Kind::Line, "must", "Must").required("Must.").shape(HEX).shortest(3).longest(6),
        Rule::new(Kind::Url, "link", "Link").longest(30),
        Rule::new(Kind::Number, "seats", "Seats").between(0, 100),
        Rule::new(Kind::Number, "months", "Months").required("How many?").between(1, 24),
    ];
    let mut all = vec![SEARCH];
    all.extend(odd);
    all.extend(isos::FIELDS);
    all.push(servers::HOSTNAME);
    all.extend(servers::FIELDS_OF_DEPLOY);
    all.push(servers::PASSWORD);
    all.extend(orders::FIELDS);
    all.extend(servers::RENEWAL);
    all.extend(tickets::FIELDS);
    all.extend(sign_in::FIELDS);
    all
}

/// Whether a browser sends a field, by "Form control infrastructure: constraint validation" of HTML. The value
/// was typed by a person, so that its length counts.
fn browser_sends(rule: Attributes, typed: &str) -> bool {
    let value = if rule.type_ == "url" { typed.trim_ascii() } else { typed };
    if rule.type_ == "number" {
        // "Value sanitization": what is no number becomes nothing.
        let number = typed.parse::<f64>().ok().filter(|number| number.is_finite());
        let fits = |number: f64| {
            rule.min.is_none_or(|least| number >= f64::from(least))
                && rule.max.is_none_or(|most| number <= f64::from(most))
                && number.fract() == 0.0
        };
        return number.map_or(!rule.required, fits);
    }
    if value.is_empty() {
        return !rule.required;
    }
    let length = u32::try_from(value.encode_utf16().count()).unwrap();
    let matches = |pattern: String| Regex::new(&format!("^(?:{pattern})$")).unwrap().is_match(value);
    rule.minlength.is_none_or(|least| length >= least)
        && rule.maxlength.is_none_or(|most| length <= most)
        && (rule.type_ != "url" || Url::parse(value).is_ok())
        && rule.pattern.is_none_or(matches)
}

/// Texts that are near to what rules speak of.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \t\u{85}\u{a0}\u{feff}]{0,3}(0x|0X|#|https://|HTTP://|http:/|ftp://)?[0-9a-g .:/\u{1f600}é]{0,8}[ \u{2003}\u{85}]{0,3}",
        "[a-z\u{1f600} ]{0,120}",
    ]
}

proptest! {
    #[test]
    fn what_the_server_takes_the_browser_sends(text in texts()) {
        // As an `<input>` has it: one line.
        let line = text.replace(['\r', '\n'], "");
        for rule in rules() {
            let typed = if rule.kind == Kind::Text { &text } else { &line };
            if rule.check(typed).is_ok() {
                prop_assert!(browser_sends(rule.attributes(), typed), "{} {typed:?}", rule.name);
            }
        }
    }

    #[test]
    fn what_fits_the_pattern_the_shape_takes(
        text in proptest::string::string_regex(&HEX.expression()).unwrap()
    ) {
        let rule = Rule::new(Kind::Line, "hex", "Hex").required("Must.").shape(HEX);
        prop_assert_eq!(rule.check(&text), Ok(text.as_str()));
    }

    #[test]
    fn what_is_cut_is_taken(text in texts()) {
        prop_assert!(SEARCH.check(&SEARCH.cut(&text)).is_ok());
    }
}

#[test]
fn at_the_edges_both_say_the_same() {
    let same = |rule: Rule, typed: &str, good: bool| {
        assert_eq!(rule.check(typed).is_ok(), good, "the server: {typed:?}");
        assert_eq!(browser_sends(rule.attributes(), typed), good, "the browser: {typed:?}");
    };
    let short = Rule::new(Kind::Line, "short", "Short").required("Must.").shortest(3).longest(5);
    for (typed, good) in
        [("", false), ("ab", false), ("abc", true), ("abcde", true), ("abcdef", false), ("😀😀😀", false)]
    {
        same(short, typed, good);
    }
    let hex = Rule::new(Kind::Line, "hex", "Hex").shape(HEX);
    for (typed, good) in
        [("", true), ("#a0", true), (" 0Xff ", true), ("ff", false), ("#", false), ("#é", false)]
    {
        same(hex, typed, good);
    }
    let link = Rule::new(Kind::Url, "link", "Link");
    for (typed, good) in [("", true), (" https://a.example ", true), ("a.example", false), ("http://", false)]
    {
        same(link, typed, good);
    }
}

#[test]
fn words_say_what_is_wrong() {
    let must = Rule::new(Kind::Line, "must", "Must").required("Enter it.").shortest(3).longest(5).shape(HEX);
    assert_eq!(must.check("  "), Err("Enter it.".to_owned()));
    assert_eq!(must.check(" ab  "), Err("At least 3 characters.".to_owned()));
    assert_eq!(must.check("#abcdef"), Err("At most 5 characters; these are 7.".to_owned()));
    assert_eq!(must.check("abc"), Err("In hexadecimals.".to_owned()));
    assert_eq!(must.attributes().title, Some("In hexadecimals."));
}
