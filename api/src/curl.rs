//! An operation as a curl command, for people who want to repeat or script what a page does.
//!
//! The command is for a POSIX shell, and whatever a person typed stays text in it: everything stands in
//! single quotes, and signs that a terminal would obey or that cannot be seen are written as octal numbers.
//! No secret is in it: the token, and what a field for a [`Secret`](crate::Secret) holds, are variables.

use std::any::TypeId;

use serde_json::Value;

use crate::{
    files::{File, FilePart},
    operation::{Body, Method, Operation, Spelling, encoded, fill},
};

/// Fields of bodies whose values are secrets. A test finds the ones of all operations.
const SECRETS: [&str; 4] = ["password", "account_password", "otp", "secret_key"];

/// The text of a curl command that does the same as `operation` at `base` (`https://api.vpsbg.eu/v1`), with
/// the token in the variable `TOKEN`. Written in the spelling that is known to work, if `working` has one,
/// else in the likeliest. None: no spelling can be filled with the operation's arguments.
///
/// Secrets are variables named after their fields (`$PASSWORD`), to be filled with what stands between the
/// quotes of the JSON. Files are named, to be found where the command is run. A NUL, which no argument of a
/// program can hold, becomes U+FFFD in the fields of a form.
pub fn as_curl<O: Operation>(operation: &O, base: &str, working: Option<Spelling>) -> Option<String> {
    let arguments = operation.arguments();
    let spelling =
        working.into_iter().chain(O::INFO.spellings()).find(|spelling| spelling.can_be_filled(&arguments))?;
    let mut lines = vec![first_line(spelling, base, &arguments, &operation.query())];
    lines.push("-H \"Authorization: Bearer $TOKEN\"".to_owned());
    // Without it the provider answers a refusal with a page instead of its reasons.
    lines.push("-H 'Accept: application/json'".to_owned());
    body_lines(&operation.body(), &mut lines);
    if TypeId::of::<O::Answer>() == TypeId::of::<File>() {
        // A file gets the name that the provider gives it, and a refusal is not kept as one.
        lines.push("--fail --remote-name --remote-header-name".to_owned());
    }
    Some(lines.join(" \\\n  "))
}

fn first_line(
    spelling: Spelling,
    base: &str,
    arguments: &[(&'static str, String)],
    query: &[(&'static str, String)],
) -> String {
    let mut url = format!("{}{}", base.trim_end_matches('/'), fill(spelling.path, arguments));
    for (place, (name, value)) in query.iter().enumerate() {
        url.push(if place == 0 { '?' } else { '&' });
        url.push_str(&format!("{}={}", encoded(name), encoded(value)));
    }
    match spelling.method {
        Method::Get => format!("curl {}", word(&url)),
        method => format!("curl -X {} {}", method.as_str(), word(&url)),
    }
}

fn body_lines(body: &Body, lines: &mut Vec<String>) {
    match body {
        Body::Empty => {}
        Body::Json(value) => {
            let mut json = Word::default();
            write_json(value, false, &mut json);
            lines.push("-H 'Content-Type: application/json'".to_owned());
            // Not `--json`: curl knows it only since 7.82. Raw: an `@` at the start is no file.
            lines.push(format!("--data-raw {}", json.finish()));
        }
        Body::Multipart { fields, files } => {
            for (name, value) in fields {
                let mut part = Word::default();
                part.text(name).text("=");
                match variable(name) {
                    Some(variable) => part.variable(&variable),
                    None => part.text(value),
                };
                // As it is: with `-F` an `@` at the start would be a file, and a `;` the end.
                lines.push(format!("--form-string {}", part.finish()));
            }
            lines.extend(files.iter().map(|file| format!("-F {}", word(&file_part(file)))));
        }
    }
}

/// `attachments[]=@"name";type=text/plain`, as curl reads it. The name without a way to it: whose file it is
/// knows where it lies.
fn file_part(file: &FilePart) -> String {
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    // A lone `-` would be what is typed into the command.
    let way = if name.starts_with('-') { "./" } else { "" };
    let name = if name.is_empty() { "file".to_owned() } else { name.replace('"', "\\\"") };
    let token = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.+_".contains(&byte))
    };
    let kind = file.media_type.split_once('/').filter(|(kind, of)| token(kind) && token(of));
    let kind = kind.map(|(kind, of)| format!(";type={kind}/{of}")).unwrap_or_default();
    format!("{}=@\"{way}{name}\"{kind}", file.field)
}

/// The variable that stands for a secret field.
fn variable(field: &str) -> Option<String> {
    SECRETS.contains(&field).then(|| field.to_ascii_uppercase())
}

/// JSON without spaces. `secret`: the value belongs to a field that is one.
fn write_json(value: &Value, secret: bool, into: &mut Word) {
    match value {
        Value::Object(fields) => {
            into.text("{");
            for (place, (name, value)) in fields.iter().enumerate() {
                into.text(if place == 0 { "" } else { "," }).text(&Value::from(name.as_str()).to_string());
                into.text(":");
                match variable(name) {
                    Some(variable) if value.is_string() => {
                        into.text("\"").variable(&variable).text("\"");
                    }
                    Some(variable) if value.is_number() => {
                        into.variable(&variable);
                    }
                    known => write_json(value, known.is_some() || secret, into),
                }
            }
            into.text("}");
        }
        Value::Array(values) => {
            into.text("[");
            for (place, value) in values.iter().enumerate() {
                into.text(if place == 0 { "" } else { "," });
                write_json(value, secret, into);
            }
            into.text("]");
        }
        // Secrets in a list: not in the contract of today, and never shown all the same.
        Value::String(_) | Value::Number(_) if secret => {
            into.text("\"").variable("SECRET").text("\"");
        }
        plain => {
            into.text(&plain.to_string());
        }
    }
}

/// Text as one word of the shell.
fn word(text: &str) -> String {
    let mut word = Word::default();
    word.text(text);
    word.finish()
}

/// A word of the shell in the making: text in single quotes, everything else between them.
#[derive(Default)]
struct Word {
    written: String,
    quoted: bool,
}

impl Word {
    fn text(&mut self, text: &str) -> &mut Self {
        for sign in text.chars() {
            match sign {
                '\'' => self.outside("\\'"),
                '\0' => self.inside(char::REPLACEMENT_CHARACTER),
                sign if is_obeyed_or_unseen(sign) => {
                    let mut bytes = [0; 4];
                    let bytes = sign.encode_utf8(&mut bytes).bytes();
                    let octal: String = bytes.map(|byte| format!("\\{byte:03o}")).collect();
                    self.outside(&format!("\"$(printf '{octal}')\""))
                }
                sign => self.inside(sign),
            };
        }
        self
    }

    fn variable(&mut self, name: &str) -> &mut Self {
        self.outside(&format!("\"${name}\""))
    }

    fn inside(&mut self, sign: char) -> &mut Self {
        if !self.quoted {
            self.written.push('\'');
            self.quoted = true;
        }
        self.written.push(sign);
        self
    }

    fn outside(&mut self, text: &str) -> &mut Self {
        if self.quoted {
            self.written.push('\'');
            self.quoted = false;
        }
        self.written.push_str(text);
        self
    }

    fn finish(mut self) -> String {
        if self.quoted || self.written.is_empty() {
            self.written.push_str(if self.quoted { "'" } else { "''" });
        }
        self.written
    }
}

/// Signs that a terminal acts upon when they are pasted, that a page does not keep, or that make a line look
/// like another. A newline is none of these: it stays, within its quotes.
fn is_obeyed_or_unseen(sign: char) -> bool {
    let unseen = ['\u{61c}'..='\u{61c}', '\u{200b}'..='\u{200f}', '\u{2028}'..='\u{202e}'];
    let also = ['\u{2060}'..='\u{2069}', '\u{feff}'..='\u{feff}'];
    (sign.is_control() && sign != '\n') || unseen.iter().chain(&also).any(|range| range.contains(&sign))
}
