//! What a field demands, said once: the server's check, which is the truth, and the HTML attributes by which the
//! browser says the same earlier are both made from one value. The browser may be more lenient, never stricter:
//! what the server takes can always be sent.

use url::Url;

/// What kind of text a field takes, and what control it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// One line that is an address.
    Url,
    /// A secret: never shown again.
    Secret,
    /// Many lines.
    Text,
    /// A whole number, not below zero.
    Number,
    /// One of a list. Which ones there are only the form's own check knows.
    Choice,
    /// A box that is ticked (`on`) or not.
    Tick,
}

/// What a text looks like: a beginning, then letters. As narrow as this so that the check and the `pattern` are
/// certainly the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// One of these stands first, in capitals or not. None: nothing has to.
    pub starts: &'static [&'static str],
    /// From and to, both included: what may follow. At least one letter does.
    pub letters: &'static [(char, char)],
    /// What is said when it does not fit.
    pub words: &'static str,
}

impl Shape {
    fn fits(&self, text: &str) -> bool {
        let follows = |rest: &str| {
            let known = |letter| self.letters.iter().any(|(from, to)| (*from..=*to).contains(&letter));
            !rest.is_empty() && rest.chars().all(known)
        };
        let after = |start: &&str| {
            let (head, rest) = text.split_at_checked(start.len())?;
            head.eq_ignore_ascii_case(start).then_some(rest)
        };
        if self.starts.is_empty() { follows(text) } else { self.starts.iter().filter_map(after).any(follows) }
    }

    /// The same as an expression, in what JavaScript (flag `v`) and others have in common.
    fn expression(&self) -> String {
        let letter = |letter: char| {
            if letter.is_ascii_alphabetic() {
                format!("[{}{}]", letter.to_ascii_lowercase(), letter.to_ascii_uppercase())
            } else {
                escaped(letter)
            }
        };
        let starts: Vec<String> =
            self.starts.iter().map(|start| start.chars().map(letter).collect()).collect();
        let letters: String =
            self.letters.iter().map(|(from, to)| format!("{}-{}", escaped(*from), escaped(*to))).collect();
        format!("(?:{})[{letters}]+", starts.join("|"))
    }
}

fn escaped(letter: char) -> String {
    format!("\\u{{{:x}}}", u32::from(letter))
}

/// One field and what it demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name in the form.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What is said when it is empty. None: it may be.
    required: Option<&'static str>,
    shortest: u32,
    longest: Option<u32>,
    shape: Option<Shape>,
    least: u32,
    most: u32,
}

/// A rule as the browser reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// `type` of an `<input>`.
    pub type_: &'static str,
    /// `required`.
    pub required: bool,
    /// `minlength`.
    pub minlength: Option<u32>,
    /// `maxlength`.
    pub maxlength: Option<u32>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `title`: the words for the pattern.
    pub title: Option<&'static str>,
    /// `min` of a number.
    pub min: Option<u32>,
    /// `max` of a number.
    pub max: Option<u32>,
}

impl Rule {
    /// A field that takes anything, also nothing.
    pub const fn new(kind: Kind, name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            kind,
            required: None,
            shortest: 0,
            longest: None,
            shape: None,
            least: 0,
            most: u32::MAX,
        }
    }

    /// It may not be empty; these are the words.
    pub const fn required(self, words: &'static str) -> Self {
        Self { required: Some(words), ..self }
    }

    /// At least so many characters, without spaces at the ends.
    pub const fn shortest(self, shortest: u32) -> Self {
        Self { shortest, ..self }
    }

    /// At most so many characters, counted as browsers do: spaces at the ends and, for those beyond the Basic
    /// Multilingual Plane, both halves.
    pub const fn longest(self, longest: u32) -> Self {
        Self { longest: Some(longest), ..self }
    }

    /// It has this shape.
    pub const fn shape(self, shape: Shape) -> Self {
        Self { shape: Some(shape), ..self }
    }

    /// A number from here to there, both included.
    pub const fn between(self, least: u32, most: u32) -> Self {
        Self { least, most, ..self }
    }

    /// True when it may not be empty.
    pub const fn is_required(&self) -> bool {
        self.required.is_some()
    }

    /// Its place on the page.
    pub fn id(&self) -> String {
        format!("field-{}", self.name)
    }

    /// What was typed, without spaces at the ends.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn check<'a>(&self, typed: &'a str) -> Result<&'a str, String> {
        let text = self.trimmed(typed);
        if let (true, Some(words)) = (text.is_empty(), self.required) {
            return Err(words.to_owned());
        }
        let length = typed.encode_utf16().count();
        if let Some(longest) = self.longest
            && length > longest as usize
        {
            return Err(format!("At most {longest} characters; these are {length}."));
        }
        if text.is_empty() {
            return Ok(text);
        }
        if text.chars().count() < self.shortest as usize {
            return Err(format!("At least {} characters.", self.shortest));
        }
        if self.kind == Kind::Url && Url::parse(text).is_err() {
            return Err("This is not an address. It starts with https:// or http://.".to_owned());
        }
        if self.kind == Kind::Number {
            let fits = |number: u32| (self.least..=self.most).contains(&number);
            let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
            return match typed.parse() {
                Ok(number) if digits && fits(number) => Ok(text),
                _ => Err(format!("A whole number from {} to {}.", self.least, self.most)),
            };
        }
        match self.shape {
            Some(shape) if !shape.fits(text) => Err(shape.words.to_owned()),
            _ => Ok(text),
        }
    }

    /// As much of a text as may be there, without spaces at the ends: for what is not worth a refusal.
    pub fn cut(&self, typed: &str) -> String {
        let mut left = self.longest.map_or(usize::MAX, |longest| longest as usize);
        let fits = |letter: &char| {
            let enough = left >= letter.len_utf16();
            left = left.saturating_sub(letter.len_utf16());
            enough
        };
        self.trimmed(typed).chars().take_while(fits).collect()
    }

    /// The same for the browser.
    pub fn attributes(&self) -> Attributes {
        let pattern = self.shape.map(|shape| {
            // Spaces at the ends are cut off by the server, so they are no mistake; nor is nothing but spaces.
            let (spaces, whether) = (r"[\s\u{85}]*", if self.is_required() { "" } else { "?" });
            format!("{spaces}(?:{}){whether}{spaces}", shape.expression())
        });
        Attributes {
            type_: match self.kind {
                Kind::Url => "url",
                Kind::Secret => "password",
                Kind::Number => "number",
                Kind::Tick => "checkbox",
                Kind::Line | Kind::Text | Kind::Choice => "text",
            },
            required: self.is_required(),
            // Spaces alone are nothing to us, but letters to the browser.
            minlength: (self.is_required() && self.shortest > 0).then_some(self.shortest),
            maxlength: self.longest,
            pattern,
            title: self.shape.map(|shape| shape.words),
            min: (self.kind == Kind::Number).then_some(self.least),
            max: (self.kind == Kind::Number).then_some(self.most),
        }
    }

    fn trimmed<'a>(&self, typed: &'a str) -> &'a str {
        // Browsers cut these and no others off addresses.
        if self.kind == Kind::Url { typed.trim_ascii() } else { typed.trim() }
    }
}

#[cfg(test)]
mod tests;
