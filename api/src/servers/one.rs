//! The shape of operations about one server that have no body.

/// Declares such operations: name, id and route in the contract, evidence, permission, effects, answer, and
/// another spelling of the route where there is one.
macro_rules! about_one_server {
    ($(
        $(#[$meta:meta])*
        $name:ident = $id:literal, $method:ident $path:literal, $evidence:ident, $permission:ident,
            $effects:ident, $answer:ty $(, or $other:literal)?;
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            /// Which server.
            pub id: $crate::ids::ServerId,
        }

        impl $crate::operation::Operation for $name {
            type Answer = $answer;
            const INFO: $crate::operation::Info = $crate::operation::Info::new(
                $id,
                $crate::operation::Method::$method,
                $path,
                $crate::operation::Evidence::$evidence,
                $crate::operation::Permission::$permission,
            )
            .or(&[$(
                $crate::operation::Spelling { method: $crate::operation::Method::$method, path: $other }
            )?]);
            fn effects(&self) -> $crate::operation::Effects {
                $crate::operation::Effects::$effects
            }
            fn arguments(&self) -> Vec<(&'static str, String)> {
                vec![("id", self.id.to_string())]
            }
            fn object(&self) -> Option<String> {
                Some(format!("server {}", self.id))
            }
        }
    )*};
}

pub(super) use about_one_server;
