//! `JsonSchema` for every content.

/// Implements `schemars::JsonSchema` for custom contents, as in `matrix_events::json_schema!(PollStartEventContent)`.
///
/// The contents of this crate already implement `JsonSchema`. Requires the feature `schemars`.
#[macro_export]
macro_rules! json_schema {
    ($($(#[$cfg:meta])* $content:ty),+ $(,)?) => {$(
        $(#[$cfg])*
        impl $crate::schemars::JsonSchema for $content {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                let path = std::any::type_name::<Self>();
                path.rsplit(':').next().unwrap_or(path).into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                std::any::type_name::<Self>().into()
            }

            fn json_schema(_: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                let schema = <Self as $crate::EventContent>::SCHEMA.json_schema();
                let mut schema = $crate::schemars::Schema::try_from(schema).unwrap_or_default();
                // The root of the document states the dialect.
                schema.remove("$schema");
                schema
            }
        }
    )+};
}

crate::events::contents::for_each_content!(crate::json_schema);
