//! What a browser prefers, whoever is signed in: kept in cookies of a year and rendered by the server, so that no
//! page flashes and nothing needs scripts. Never anything about an account.
#![allow(clippy::unused_async, reason = "server functions are async, these have nothing to wait for")]

use http::{HeaderValue, header, request::Parts};
use leptos::prelude::*;

use crate::{components::notice::see_other, routes};

/// Cookie of the theme.
const THEME: &str = "theme";
/// Cookie of who turned the keys off.
const KEYS: &str = "keys";
/// How long a choice is kept, in seconds: a year.
const YEAR: u32 = 31_536_000;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it: nothing is kept.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All of them with their names, in the order in which they are offered.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::System, "System"), (Self::Light, "Light"), (Self::Dark, "Dark")];

    /// The theme of the browser that asks.
    pub fn here() -> Self {
        kept(THEME).and_then(|word| Self::of(&word)).unwrap_or(Self::System)
    }

    /// Its word in forms, in the cookie and on `<html>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// For `<meta name="color-scheme">`: what the browser paints before the style sheet is there.
    pub fn schemes(self) -> &'static str {
        match self {
            Self::System => "light dark",
            Self::Light => "only light",
            Self::Dark => "only dark",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().map(|(theme, _)| theme).find(|theme| theme.word() == word)
    }
}

/// Chooses a theme and leads back to the page. A word that is none changes nothing.
#[server(prefix = "/do", endpoint = "theme")]
pub async fn choose_theme(
    #[server(default)] theme: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    match Theme::of(&theme) {
        Some(Theme::System) => forget(THEME),
        Some(theme) => keep(THEME, theme.word()),
        None => {}
    }
    see_other(routes::safe_next(&next));
    Ok(())
}

/// Whether keys of a single letter do something in the browser that asks.
pub fn keys_are_on() -> bool {
    kept(KEYS).is_none_or(|word| word != "off")
}

/// Turns the keys on or off and leads back to their list.
#[server(prefix = "/do", endpoint = "keys")]
pub async fn switch_keys(#[server(default)] keys: String) -> Result<(), ServerFnError> {
    match keys.as_str() {
        "on" => forget(KEYS),
        "off" => keep(KEYS, "off"),
        _ => {}
    }
    see_other(routes::KEYS);
    Ok(())
}

/// The way back to a page after a choice: its address without what was said of an earlier form.
pub fn way_back(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    if !pairs.iter().any(|(name, _)| name == "done") {
        return address.to_owned();
    }
    let others = pairs.iter().filter(|(name, _)| name != "done");
    let others: Vec<_> = others.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    routes::with_query(path, &others)
}

/// The value of a cookie of the browser that asks.
fn kept(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(other, value)| (other == name).then(|| value.to_owned()))
}

fn keep(name: &str, value: &str) {
    set(&format!("{name}={value}; Max-Age={YEAR}"));
}

fn forget(name: &str) {
    set(&format!("{name}=; Max-Age=0"));
}

fn set(cookie: &str) {
    // The origin was compared with the public address before we were asked: it says whether there is TLS.
    let secure = use_context::<Parts>().is_some_and(|parts| {
        parts.headers.get(header::ORIGIN).is_some_and(|origin| origin.as_bytes().starts_with(b"https://"))
    });
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{cookie}; Path=/; HttpOnly; SameSite=Lax{secure}");
    if let (Some(response), Ok(cookie)) =
        (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_repeats_no_news() {
        assert_eq!(way_back("/isos/7?done=iso-added"), "/isos/7");
        assert_eq!(way_back("/isos?q=a&done=iso-deleted&page=2"), "/isos?q=a&page=2");
        assert_eq!(way_back("/servers?q=web+%26+db"), "/servers?q=web+%26+db");
        assert_eq!(way_back("/"), "/");
    }

    #[test]
    fn every_theme_is_known_by_its_word() {
        for (theme, _) in Theme::ALL {
            assert_eq!(Theme::of(theme.word()), Some(theme));
        }
        assert_eq!(Theme::of("sepia"), None);
    }
}
