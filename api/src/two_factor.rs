//! Two-factor login: a secret, confirmed by a code made from it. What is secret here never shows in a log.

use std::str::FromStr;

use serde_json::{Value, json};

use crate::{
    decode::{Decode, Misfit, Notes},
    model::{Encode, model},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    secret::Secret,
};

model! {
    /// A fresh secret (`TwoFactorSecret`); it counts only after it was confirmed.
    pub struct TwoFactorSecret {
        /// For typing in: Base32.
        pub secret_key: Option<Secret>,
        /// For a QR code: SHA1, 6 digits, 30 seconds. Holds the secret too.
        pub url: Option<Secret> = "otp_auth_url",
    }
}

impl Decode for Secret {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        String::decode(value, notes).map(Self::from)
    }
}

impl Encode for Secret {
    fn encode(&self) -> Value {
        Value::from(self)
    }
}

/// A one-time code as a person typed it: six digits. `012345` is not `12345`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeCode(Secret);

/// Text that is not a one-time code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code: six digits are needed")]
pub struct NotACode;

/// Spaces do not count: apps show `482 913`.
impl FromStr for OneTimeCode {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(Secret::from(digits)))
        } else {
            Err(NotACode)
        }
    }
}

impl OneTimeCode {
    /// The page types codes as integers, which would lose leading zeros: those are sent as text (FACTS §5.16).
    fn on_the_wire(&self) -> Value {
        let digits = self.0.expose();
        match digits.parse::<u32>() {
            Ok(number) if !digits.starts_with('0') => Value::from(number),
            _ => Value::from(digits),
        }
    }
}

/// `GET /user/2fa`: make a secret. Each call makes a new one, so this GET is a change: it must not be repeated
/// or cached. It takes effect only when it is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetTwoFactorSecret;

impl Operation for GetTwoFactorSecret {
    type Answer = TwoFactorSecret;
    const INFO: Info = Info::new(
        "getTwoFactorSecret",
        Method::Get,
        "/user/2fa",
        Evidence::Documented,
        Permission::AccountManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn object(&self) -> Option<String> {
        Some("two-factor login".to_owned())
    }
}

/// `POST /user/2fa`: confirm a secret; from then on login asks for codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnableTwoFactor {
    /// The present code of that secret.
    pub code: OneTimeCode,
    /// The secret made before.
    pub secret_key: Secret,
}

impl Operation for EnableTwoFactor {
    type Answer = ();
    const INFO: Info = Info::new(
        "enableTwoFactor",
        Method::Post,
        "/user/2fa",
        Evidence::Documented,
        Permission::AccountManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "otp": self.code.on_the_wire(), "secret_key": Value::from(&self.secret_key) }))
    }
    fn object(&self) -> Option<String> {
        Some("two-factor login".to_owned())
    }
}

/// `DELETE /user/2fa`: login no longer asks for codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisableTwoFactor {
    /// The present code.
    pub code: OneTimeCode,
}

impl Operation for DisableTwoFactor {
    type Answer = ();
    const INFO: Info = Info::new(
        "disableTwoFactor",
        Method::Delete,
        "/user/2fa",
        Evidence::Inferred,
        Permission::AccountManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "otp": self.code.on_the_wire() }))
    }
    fn object(&self) -> Option<String> {
        Some("two-factor login".to_owned())
    }
}
