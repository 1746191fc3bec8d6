//! Emits the constants of `RoomVersionRules`.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::value::{Kind, Value, RULES};
use super::{RoomVersion, Rules, ROOM_VERSIONS};
use crate::emit::{ident, Emitted, File};

/// The first part of the URL of a clause.
const SPECIFICATION: &str = "https://spec.matrix.org/latest/";

/// Emits the file of the constants.
pub(super) fn file(versions: &[RoomVersion]) -> File {
    let constants = versions.iter().map(constant);
    let rows = versions.iter().map(|version| {
        let (name, constant) = (&version.name, constant_name(&version.name));
        quote!((#name, Self::#constant))
    });
    let constants = quote! {
        impl RoomVersionRules {
            #(#constants)*
            /// The room versions with their rules.
            pub(crate) const ALL: &'static [(&'static str, Self)] = &[#(#rows),*];
        }
    };
    File {
        sources: vec![ROOM_VERSIONS.to_owned()],
        docs: "The rules of each room version.".to_owned(),
        imports: vec![imports()],
        items: vec![Emitted { name: "the rules of room versions".to_owned(), code: constants.into() }],
        ..File::default()
    }
}

fn imports() -> TokenStream {
    let choices = RULES.iter().filter_map(|(_, kind)| match kind {
        Kind::Choice(name, _) => Some((*name).to_owned()),
        _ => None,
    });
    let groups = RULES.iter().filter_map(|(rule, _)| Some(type_name(rule.split_once('.')?.0)));
    let fixed = ["ContentKeys", "RoomVersionRules"].map(str::to_owned);
    let names: BTreeSet<String> = choices.chain(groups).chain(fixed).collect();
    let names = names.iter().map(|name| ident(name));
    quote!(use super::{#(#names),*};)
}

/// Returns the name of the type of a group of rules, such as `AuthorizationRules` for `authorization`.
fn type_name(group: &str) -> String {
    let words = group.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    format!("{}Rules", words.collect::<String>())
}

fn constant_name(version: &str) -> proc_macro2::Ident {
    ident(&format!("V{}", version.to_uppercase().replace(['.', '-'], "_")))
}

/// Emits the constant of a version, with the rules that differ from the version that it is based on.
fn constant(version: &RoomVersion) -> TokenStream {
    let name = constant_name(&version.name);
    let docs = docs(version);
    let base = version.based_on.as_ref().map(|base| {
        let base = constant_name(base);
        quote!(Self::#base)
    });
    let is_stated = |rule: &str| version.facts.iter().any(|fact| fact.key.0 == rule);
    let mut fields = Vec::new();
    let mut done = BTreeSet::new();
    for (rule, kind) in RULES.iter().filter(|(rule, _)| is_stated(rule)) {
        let Some((group, _)) = rule.split_once('.') else {
            let (field, value) = (ident(rule), value(rule, kind, &version.rules));
            fields.push(quote!(#field: #value));
            continue;
        };
        if !done.insert(group) {
            continue;
        }
        let of_group = RULES.iter().filter_map(|(rule, kind)| {
            let (its_group, field) = rule.split_once('.')?;
            let field = (its_group == group && is_stated(rule)).then(|| ident(field))?;
            let value = value(rule, kind, &version.rules);
            Some(quote!(#field: #value))
        });
        let (group_type, group) = (ident(&type_name(group)), ident(group));
        let all = RULES.iter().filter(|(rule, _)| rule.starts_with(&format!("{group}."))).count();
        let of_group: Vec<TokenStream> = of_group.collect();
        let rest = base.as_ref().filter(|_| of_group.len() < all).map(|base| quote!(..#base.#group));
        fields.push(quote!(#group: #group_type { #(#of_group,)* #rest }));
    }
    let rest = base.map(|base| quote!(..#base));
    quote! {
        #docs
        pub const #name: Self = Self { #(#fields,)* #rest };
    }
}

fn docs(version: &RoomVersion) -> TokenStream {
    let link = format!("[room version {0}]({SPECIFICATION}rooms/v{0}/)", version.name);
    let differences = match &version.based_on {
        None => " Rules:".to_owned(),
        Some(base) => format!(" Differences from room version {base}:"),
    };
    let facts = version.facts.iter().map(|fact| {
        let text = fact.text.trim().trim_end_matches('.');
        format!(" - {text} ([clause]({SPECIFICATION}{})).", fact.clause)
    });
    let first = [format!(" The rules of {link}."), String::new(), format!(" {}", version.text.trim()), String::new()];
    let lines = first.into_iter().chain([differences, String::new()]).chain(facts);
    quote!(#(#[doc = #lines])*)
}

/// Emits the value of a rule.
fn value(rule: &'static str, kind: &Kind, rules: &Rules) -> TokenStream {
    if matches!(kind, Kind::ContentKeys) {
        let contents = rules.iter().filter(|((known, _), value)| *known == rule && !value.is_absent());
        let rows = contents.filter_map(|((_, event), value)| {
            let (event, keys) = (event.as_ref()?, literal(value));
            Some(quote!((#event, #keys)))
        });
        return quote!(&[#(#rows),*]);
    }
    rules.get(&(rule, None)).map(literal).unwrap_or_default()
}

fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Flag(value) => quote!(#value),
        Value::Number(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Value::Variant(name, variant) => {
            let (name, variant) = (ident(name), ident(variant));
            quote!(#name::#variant)
        }
        Value::Keys(keys) => quote!(&[#(#keys),*]),
        Value::AllContent => quote!(ContentKeys::All),
        Value::Content(paths) => {
            let paths = paths.iter().map(|path| quote!(&[#(#path),*]));
            quote!(ContentKeys::Paths(&[#(#paths),*]))
        }
    }
}
