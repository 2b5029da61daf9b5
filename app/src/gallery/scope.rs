//! Makes a part that stands several times on one page harmless: ids and names become its own, forms are sent nowhere,
//! nothing takes the focus, becomes modal or answers to keys. Reads what this program itself rendered, no other HTML.

/// What refers to one id.
const ID: [&str; 2] = ["id", "for"];
/// What refers to several.
const IDS: [&str; 6] =
    ["aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "popovertarget"];
/// What would act on the page as a whole.
const ACTING: [&str; 14] = [
    "action",
    "autofocus",
    "data-asks",
    "data-broken",
    "data-close",
    "data-keys",
    "data-needs-asked",
    "data-new-version",
    "data-outdated",
    "data-palette-opens",
    "data-signed-out",
    "data-toast-close",
    "data-upload",
    "data-choose-all",
];

/// The same HTML, apart from all others.
pub fn scoped(html: &str, scope: &str) -> String {
    let mut made = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((text, tag, after)) = next_tag(rest) {
        made.push_str(text);
        rewrite(tag, scope, &mut made);
        rest = after;
    }
    made.push_str(rest);
    made
}

/// Text up to the next tag that opens something, the tag, what follows.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let start = html
        .match_indices('<')
        .map(|(place, _)| place)
        .find(|place| html[place + 1..].starts_with(|letter: char| letter.is_ascii_alphabetic()))?;
    let mut quoted = false;
    let length = html[start..].find(|letter| {
        quoted ^= letter == '"';
        letter == '>' && !quoted
    })?;
    let end = start + length;
    Some((&html[..start], &html[start..end], &html[end..]))
}

/// Writes a tag (without its `>`) with its attributes changed.
fn rewrite(tag: &str, scope: &str, made: &mut String) {
    let name = tag.find(char::is_whitespace).unwrap_or(tag.len());
    made.push_str(&tag[..name]);
    let mut rest = tag[name..].trim_start();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"").and_then(|after| after.split_once('"')) {
            Some((value, after)) => (Some(value), after),
            None => (None, after),
        };
        rest = after.trim_start();
        if ACTING.contains(&attribute) {
            continue;
        }
        made.push(' ');
        made.push_str(attribute);
        if let Some(value) = value {
            made.push_str("=\"");
            made.push_str(&changed(attribute, value, scope));
            made.push('"');
        }
    }
}

fn changed(attribute: &str, value: &str, scope: &str) -> String {
    if ID.contains(&attribute) {
        return format!("{value}-{scope}");
    }
    if IDS.contains(&attribute) {
        let all: Vec<_> = value.split_whitespace().map(|id| format!("{id}-{scope}")).collect();
        return all.join(" ");
    }
    match attribute {
        "href" if value.starts_with('#') => format!("{value}-{scope}"),
        "aria-label" => format!("{value} ({scope})"),
        "method" => "dialog".to_owned(),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stay_apart() {
        let html = "<!--a--><p id=\"x\" class=\"a b\">1 < 2 <b aria-describedby=\"x y\">id=\"x\"</b></p>\
                    <a href=\"#x\" aria-label=\"Go > on\">a</a><input for=\"x\" required value=\"a=b\">";
        assert_eq!(
            scoped(html, "s"),
            "<!--a--><p id=\"x-s\" class=\"a b\">1 < 2 <b aria-describedby=\"x-s y-s\">id=\"x\"</b></p>\
             <a href=\"#x-s\" aria-label=\"Go > on (s)\">a</a><input for=\"x-s\" required value=\"a=b\">"
        );
    }

    #[test]
    fn parts_do_nothing() {
        let html = "<form method=\"post\" action=\"/do/x\"><dialog open data-close=\"/y\" autofocus></dialog></form>";
        assert_eq!(scoped(html, "s"), "<form method=\"dialog\"><dialog open></dialog></form>");
        assert_eq!(scoped("plain", "s"), "plain");
        assert_eq!(scoped("a <b", "s"), "a <b");
    }
}
