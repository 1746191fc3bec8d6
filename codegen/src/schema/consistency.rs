//! Reports schemas that no value satisfies, and keywords without effect.

use super::{Additional, Format, JsonType, Limit, LimitValue, Limits, Schema};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Checks the keywords of one schema.
pub(super) fn check(schema: &Schema, diagnostics: &mut Diagnostics) {
    if !schema.types.is_empty() {
        let keywords = stated(schema).into_iter();
        let without_effect = keywords.filter(|(_, kind)| !schema.types.iter().any(|stated| is_same(*stated, *kind)));
        diagnostics.extend(without_effect.map(|(keyword, kind)| without_effect_on(schema, keyword, kind)));
    }
    diagnostics.extend(crossed_limits(&schema.limits, schema, &[]));
    diagnostics.extend(excluded_values(schema));
    diagnostics.extend(too_many_required(schema));
    diagnostics.extend(no_integer(schema));
}

/// Returns the stated keywords that apply to values of one type, each with the type.
fn stated(schema: &Schema) -> Vec<(&'static str, JsonType)> {
    let is_of_number = |format: Format| matches!(format, Format::Int64 | Format::Float);
    let of_format = |format| if is_of_number(format) { JsonType::Number } else { JsonType::String };
    let rows = [
        ("format", schema.format.map(of_format)),
        ("pattern", schema.pattern.as_ref().map(|_| JsonType::String)),
        ("items", schema.items.as_ref().map(|_| JsonType::Array)),
        ("properties", (!schema.properties.is_empty()).then_some(JsonType::Object)),
        ("required", (!schema.required.is_empty()).then_some(JsonType::Object)),
        ("patternProperties", (!schema.pattern_properties.is_empty()).then_some(JsonType::Object)),
        ("propertyNames", schema.property_names.as_ref().map(|_| JsonType::Object)),
        ("additionalProperties", (schema.additional != Additional::Unspecified).then_some(JsonType::Object)),
    ];
    let limits = schema.limits.iter().filter_map(|(limit, _)| Some((limit.name(), limit.kind()?)));
    rows.into_iter().filter_map(|(keyword, kind)| Some((keyword, kind?))).chain(limits).collect()
}

fn is_same(stated: JsonType, kind: JsonType) -> bool {
    stated == kind || (stated == JsonType::Integer && kind == JsonType::Number)
}

fn without_effect_on(schema: &Schema, keyword: &str, kind: JsonType) -> Diagnostic {
    let names: Vec<&str> = schema.types.iter().map(|kind| kind.name()).collect();
    let (stated, kind) = (names.join("` or `"), kind.name());
    Diagnostic::at(&schema.origin.child(keyword), format!("`{keyword}` has no effect on values of the type `{stated}`"))
        .expected(format!("keywords for the type `{stated}`"))
        .help(format!("remove `{keyword}`, or write `type: {kind}`"))
}

/// Returns the errors of minimums above the maximum, in the limits of a schema and of others of its place.
pub(super) fn crossed_limits<'l>(
    limits: &'l Limits,
    schema: &'l Schema,
    others: &'l [&Schema],
) -> impl Iterator<Item = Diagnostic> + 'l {
    let value = |limit| limits.get(limit).map(|value| value.to_string()).unwrap_or_default();
    limits.crossed().map(move |(least, most)| {
        let values = (value(least), value(most));
        let is_own = |limit: &Limit| schema.limits.get(*limit).is_some();
        let keyword = if is_own(&least) { least } else { most };
        let elsewhere = [least, most].into_iter().find(|limit| !is_own(limit));
        let other = elsewhere.and_then(|limit| others.iter().find(|other| other.limits.get(limit).is_some()));
        let note = other.map(|other| format!(" in {}", other.origin)).unwrap_or_default();
        let (least, most) = (least.name(), most.name());
        let message = match elsewhere {
            Some(limit) if limit.name() == least => {
                format!("`{most}` is {}, but `{least}` is {}{note}", values.1, values.0)
            }
            _ => format!("`{least}` is {}, but `{most}` is {}{note}", values.0, values.1),
        };
        let diagnostic = Diagnostic::at(&schema.origin.child(keyword.name()), message)
            .expected(format!("a value of `{least}` that is at most `{most}`"))
            .help(format!("decrease `{least}`, or increase `{most}`"));
        let other = other.zip(elsewhere).map(|(other, limit)| other.origin.child(limit.name()));
        other.iter().fold(diagnostic, Diagnostic::other)
    })
}

/// Returns the errors of values in an `enum` that another keyword of the schema excludes.
fn excluded_values(schema: &Schema) -> Vec<Diagnostic> {
    let pattern = schema.pattern.as_deref().and_then(|pattern| regress::Regex::with_flags(pattern, "u").ok());
    let count = |limit| schema.limits.get(limit).and_then(LimitValue::count);
    let (least, most) = (count(Limit::MinLength), count(Limit::MaxLength));
    let excluded_by = |value: &String| {
        let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
        let reasons = [
            ("pattern", pattern.as_ref().is_some_and(|pattern| pattern.find(value).is_none())),
            ("minLength", least.is_some_and(|least| length < least)),
            ("maxLength", most.is_some_and(|most| length > most)),
        ];
        reasons.into_iter().find(|(_, is_excluded)| *is_excluded).map(|(keyword, _)| keyword)
    };
    let values = schema.values.iter().flatten().enumerate();
    let excluded = values.filter_map(|(index, value)| Some((index, value, excluded_by(value)?)));
    let diagnostic = |(index, value, keyword): (usize, &String, &str)| {
        let origin = schema.origin.child("enum").child(&index.to_string());
        Diagnostic::at(&origin, format!("`{keyword}` excludes the value `{value}` of the `enum`"))
            .expected("an `enum` of values that the other keywords allow")
            .help(format!("remove `{value}`, or remove `{keyword}`"))
    };
    excluded.map(diagnostic).collect()
}

/// Returns the error of an integer whose limits have no integer between them.
fn no_integer(schema: &Schema) -> Option<Diagnostic> {
    let limit = |limit| match schema.limits.get(limit) {
        Some(LimitValue::Number(number)) => Some(number),
        _ => None,
    };
    let (least, most) = limit(Limit::Minimum).zip(limit(Limit::Maximum))?;
    let is_empty = schema.types == [JsonType::Integer] && least <= most && least.ceil() > most.floor();
    let message = format!("no integer is between the `minimum` {least} and the `maximum` {most}");
    let diagnostic =
        Diagnostic::at(&schema.origin.child("minimum"), message).expected("limits with an integer between");
    is_empty.then(|| diagnostic.help("decrease `minimum`, or increase `maximum`"))
}

/// Returns the error of an object that requires more members than it may have.
fn too_many_required(schema: &Schema) -> Option<Diagnostic> {
    let most = schema.limits.get(Limit::MaxProperties).and_then(LimitValue::count)?;
    let required = u64::try_from(schema.required.len()).ok().filter(|required| *required > most)?;
    let message = format!("`maxProperties` is {most}, but `required` lists {required} properties");
    let diagnostic = Diagnostic::at(&schema.origin.child("maxProperties"), message);
    let diagnostic =
        diagnostic.expected("a value of `maxProperties` that is at least the number of required properties");
    Some(diagnostic.help(format!("write `maxProperties: {required}`, or remove names from `required`")))
}
