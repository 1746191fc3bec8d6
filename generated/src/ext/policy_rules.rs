//! Policy rules, which recommend to ban users, rooms and servers.

use crate::__private::glob_matches;
use crate::policy::rule::room::PolicyRuleRoomEventContent;
use crate::policy::rule::server::PolicyRuleServerEventContent;
use crate::policy::rule::user::PolicyRuleUserEventContent;

macro_rules! policy_rules {
    ($($rule:ident, $path:literal, $entity:literal matches $one:literal and not $other:literal;)*) => {$(
        impl $rule {
            /// Returns `true` if the rule applies to an entity, because the
            /// [glob pattern](https://spec.matrix.org/latest/client-server-api/#moderation-policy-lists) in `entity` matches it.
            ///
            /// The comparison is case-sensitive. Returns `false` if `entity` is absent, which is the case in a rule that was removed.
            ///
            /// ```
            #[doc = concat!("use matrix_events::policy::rule::", $path, "::", stringify!($rule), ";")]
            /// use matrix_events::policy::rule::Recommendation;
            ///
            #[doc = concat!("let rule = ", stringify!($rule), "::new(\"", $entity, "\", Recommendation::Ban, \"spam\");")]
            #[doc = concat!("assert!(rule.matches(\"", $one, "\") && !rule.matches(\"", $other, "\"));")]
            /// ```
            #[inline]
            pub fn matches(&self, entity: &str) -> bool {
                self.entity.as_deref().is_some_and(|pattern| glob_matches(pattern, entity))
            }
        }
    )*};
}

policy_rules! {
    PolicyRuleRoomEventContent, "room", "#*:evil.example" matches "#spam:evil.example" and not "#garden:example.org";
    PolicyRuleServerEventContent, "server", "*.evil.example" matches "mail.evil.example" and not "evil.example";
    PolicyRuleUserEventContent, "user", "@spam??:*" matches "@spam42:evil.example" and not "@mira:example.org";
}
